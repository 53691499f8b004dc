/** How a text travels as SMS: its alphabet and into how many billed parts it is cut. */
export interface SmsSegments {
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Septets in GSM-7 (extended characters take two), 16-bit units in UCS-2. */
  readonly units: number;
  readonly segments: number;
}

// 3GPP TS 23.038: the default alphabet, and the characters that need an escape before them.
const writable = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;
const escaped = /[\f^{}\\[~\]|€]/g;

// A part of a longer message gives room to the header that joins the parts.
const limits = { 'gsm-7': { alone: 160, part: 153 }, 'ucs-2': { alone: 70, part: 67 } } as const;

/** Counts the parts a text is sent in. A character is never cut in two, so a part may end early. */
export function smsSegments(text: string): SmsSegments {
  const encoding = writable.test(text) ? 'gsm-7' : 'ucs-2';
  const { alone, part } = limits[encoding];
  const units = text.length + (encoding === 'gsm-7' ? (text.match(escaped)?.length ?? 0) : 0);
  if (units <= alone) return { encoding, units, segments: 1 };
  const widths = Array.from(text, (each) => (encoding === 'gsm-7' ? each.replace(escaped, '  ') : each).length);
  return { encoding, units, segments: partsOf(widths, part) };
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

const replaceable = new RegExp(`[${Object.keys(replacements).join('')}]`, 'g');

/**
 * Typographic characters as their plain neighbours in GSM-7, when that makes the whole text fit the cheap alphabet: one curly
 * quote more than doubles the price. A text that needs UCS-2 anyway keeps its characters.
 */
export function plainForSms(text: string): string {
  const plain = text.replace(replaceable, (each) => replacements[each]!);
  return smsSegments(plain).encoding === 'gsm-7' ? plain : text;
}
