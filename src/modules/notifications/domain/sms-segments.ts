/** How a text travels as SMS: its alphabet and into how many billed parts it is cut. */
export interface SmsSegments {
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Septets in GSM-7 (extended characters take two), 16-bit units in UCS-2. */
  readonly units: number;
  readonly segments: number;
}

// 3GPP TS 23.038: the default alphabet, and the characters that need an escape before them.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

// A part of a longer message gives room to the header that joins the parts.
const limits = { 'gsm-7': { alone: 160, part: 153 }, 'ucs-2': { alone: 70, part: 67 } } as const;

/** Counts the parts a text is sent in. A character is never cut in two, so a part may end early. */
export function smsSegments(text: string): SmsSegments {
  const characters = Array.from(text);
  const isGsm = characters.every((each) => basic.has(each) || extended.has(each));
  const encoding = isGsm ? 'gsm-7' : 'ucs-2';
  const widths = characters.map((each) => (isGsm ? (extended.has(each) ? 2 : 1) : each.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, part } = limits[encoding];
  return { encoding, units, segments: units <= alone ? 1 : partsOf(widths, part) };
}

function partsOf(widths: readonly number[], size: number): number {
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > size) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}

const replacements: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u200b': '',
  á: 'a',
  í: 'i',
  ó: 'o',
  ú: 'u',
  ê: 'e',
  ë: 'e',
  ô: 'o',
  û: 'u',
};

/**
 * Typographic characters as their plain neighbours in GSM-7, when that makes the whole text fit the cheap alphabet: one curly
 * quote more than doubles the price. A text that needs UCS-2 anyway keeps its characters.
 */
export function plainForSms(text: string): string {
  const plain = Array.from(text, (each) => replacements[each] ?? each).join('');
  return smsSegments(plain).encoding === 'gsm-7' ? plain : text;
}
