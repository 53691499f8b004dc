const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** Whether lists and objects of a JSON text lie within each other beyond the depth. Looks at brackets alone, outside of strings. */
export function isDeeperThan(depth: number, json: Buffer): boolean {
  let level = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (opening.has(byte)) {
      if (++level > depth) return true;
    } else if (closing.has(byte)) level--;
  }
  return false;
}
