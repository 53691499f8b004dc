/**
 * Rows a page at a time: constant memory, however many they are.
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

/** The same pages, each read while whoever asked works on the one before. */
export async function* readAhead<Page>(pages: AsyncGenerator<Page>): AsyncGenerator<Page> {
  let coming = pages.next();
  try {
    for (let page = await coming; !page.done; page = await coming) {
      coming = pages.next();
      // Whoever stops in between never asks what became of it.
      coming.catch(() => undefined);
      yield page.value;
    }
  } finally {
    await pages.return(undefined);
  }
}
