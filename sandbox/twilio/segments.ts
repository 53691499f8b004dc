/** The characters of the GSM 03.38 alphabet; those of its extension table cost two. */
const GSM = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_EXTENSION = new Set('^{}\\[~]|€\f');

/** How many SMS the text is sent as: 160 characters in one, 153 in each of several; with other characters 70 and 67. */
export function segmentsOf(text: string): number {
  const characters = Array.from(text);
  if (characters.every((one) => GSM.has(one) || GSM_EXTENSION.has(one))) {
    const septets = characters.length + characters.filter((one) => GSM_EXTENSION.has(one)).length;
    return septets <= 160 ? 1 : Math.ceil(septets / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
