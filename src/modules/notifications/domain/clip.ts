/** At most so many characters (4 or more), cut at a word where one ends in the last third, with three dots. Never half a character. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // A character is at most two units; the rest of a megabyte need not be looked at.
  const characters = Array.from(text.slice(0, 2 * (most + 1)));
  if (characters.length <= most && text.length <= 2 * (most + 1)) return text;
  const cut = characters.slice(0, most - 3).join('');
  const word = cut.lastIndexOf(' ');
  return `${(word > (cut.length * 2) / 3 ? cut.slice(0, word) : cut).trimEnd()}...`;
}
