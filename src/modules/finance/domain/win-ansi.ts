const beyondLatin1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
const lookalikes: Readonly<Record<string, string>> = {
  '\u2212': '-', '\u2011': '-', '\u2009': ' ', '\u202f': ' ', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', ħ: 'h', Ħ: 'H',
};

/** Text in the characters that a PDF's built-in fonts have: æøå stay, other letters lose what the fonts cannot show. */
export function winAnsi(text: string): string {
  return [...text.normalize('NFC')].map(printable).join('');
}

function printable(letter: string): string {
  if (isPrintable(letter)) return letter;
  const plain = lookalikes[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return plain !== letter && [...plain].every(isPrintable) ? plain : '?';
}

function isPrintable(letter: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]$/.test(letter) || beyondLatin1.has(letter);
}
