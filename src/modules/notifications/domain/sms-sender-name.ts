const longest = 11;

const plain: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', Æ: 'Ae', Ø: 'Oe', Å: 'Aa' };

/**
 * A school's name as a phone can show it for a sender: at most eleven plain letters, digits and spaces, cut at a word where
 * that leaves enough. Undefined when nothing readable is left, or digits alone, which would be a number.
 */
export function smsSenderName(name: string): string | undefined {
  const letters = Array.from(name, (each) => plain[each] ?? each)
    .join('')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .replace(/ +/g, ' ')
    .trim();
  const cut = letters.length > longest ? letters.slice(0, longest).trim() : letters;
  const words = letters.slice(0, longest + 1).lastIndexOf(' ');
  const whole = letters.length > longest && words >= 4 ? letters.slice(0, words) : cut;
  return /[A-Za-z]/.test(whole) ? whole : undefined;
}
