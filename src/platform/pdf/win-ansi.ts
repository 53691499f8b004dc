const unprintable = /[^\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;
const lookalikes: Readonly<Record<string, string>> = {
  '\n': ' ',
  '\t': ' ',
  '\u2212': '-',
  '\u2011': '-',
  '\u2009': ' ',
  '\u202f': ' ',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
};

/** Text in the characters that a PDF's built-in fonts have: æøå stay, other letters lose what the fonts cannot show. */
export function winAnsi(text: string): string {
  return text.normalize('NFC').replace(unprintable, nearest);
}

/** Whether those fonts show the text as it is written; dashes and blanks of other kinds may be plain ones. */
export function isWinAnsi(text: string): boolean {
  return !text
    .normalize('NFC')
    .replace(unprintable, (letter) => (/[\p{L}\p{N}]/u.test(letter) ? '\0' : (lookalikes[letter] ?? '\0')))
    .includes('\0');
}

function nearest(letter: string): string {
  const plain = lookalikes[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return plain === letter ? '?' : plain.replace(unprintable, '?');
}
