/**
 * Rows a page at a time: constant memory, however many they are. Not one page ahead: that was no faster, and its pages outlived
 * their use by hundreds of megabytes.
 * @param read the first `size` rows after that row in their order, from their beginning without one
 */
export async function* inPages<Row>(
  size: number,
  read: (after: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined, full = true; full;) {
    const page = await read(last);
    if (page.length > 0) yield page;
    last = page.at(-1);
    full = page.length === size;
  }
}
