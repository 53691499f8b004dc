const token =
  /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|([^<]+)/y;

/** What is wrong with a text that ought to be XML; null when its elements close in order and its references are known. */
export function xmlProblem(text: string): string | null {
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) return `nothing of XML at ${at}: ${text.slice(at, at + 60)}`;
    const [whole, closes, name, , empties] = found;
    if (!whole.startsWith('<!') && /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(whole))
      return `a lone & at ${at}: ${whole.slice(0, 60)}`;
    if (!name) continue;
    if (closes && open.pop() !== name) return `</${name}> closes another element at ${at}`;
    if (!closes && !empties) open.push(name);
  }
  return open.length > 0 ? `never closed: ${open.join(' ')}` : null;
}
