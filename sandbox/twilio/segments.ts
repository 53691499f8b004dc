/** The characters of the GSM 03.38 alphabet; those of its extension table cost two. */
const GSM = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_EXTENSION = new Set('^{}\\[~]|€\f');

const SIZES = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } } as const;

export interface SmsParts {
  encoding: keyof typeof SIZES;
  /** What each SMS carries; no character is cut in two. */
  parts: string[];
}

/** The SMS that a text is sent as: 160 characters in one, 153 in each of several; with other characters 70 and 67. */
export function smsParts(text: string): SmsParts {
  const characters = Array.from(text);
  const isGsm = characters.every((one) => GSM.has(one) || GSM_EXTENSION.has(one));
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  const widthOf = (one: string) => (isGsm ? 1 + Number(GSM_EXTENSION.has(one)) : one.length);
  const { alone, part } = SIZES[encoding];
  const whole = characters.reduce((sum, one) => sum + widthOf(one), 0);
  if (whole <= alone) return { encoding, parts: [text] };
  const parts: string[] = [];
  let room = 0;
  for (const one of characters) {
    room -= widthOf(one);
    if (room >= 0) {
      parts[parts.length - 1] += one;
      continue;
    }
    parts.push(one);
    room = part - widthOf(one);
  }
  return { encoding, parts };
}

/** How many SMS the text is sent as. */
export function segmentsOf(text: string): number {
  return smsParts(text).parts.length;
}
