import DataLoader from 'dataloader';
import type { Id } from '../../../platform/values/id.js';

/** What messages that go out together have in common is read once, by whoever asks first. */
export class SharedReads {
  private readonly known = new Map<string, Promise<unknown>>();
  private readonly loaders = new Map<string, DataLoader<Id, unknown>>();

  /** @param key the same key always stands for the same read */
  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const found = this.known.get(key) ?? read();
    this.known.set(key, found);
    return found as Promise<T>;
  }

  /**
   * A row for one message, as it stands now: those that are asked for in the same moment are read together. Null when there is none.
   * @param key the same key always stands for the same `read`, in the same school
   */
  each<Row extends { readonly id: Id }>(
    key: string,
    id: Id,
    read: (ids: readonly Id[]) => Promise<readonly Row[]>,
  ): Promise<Row | null> {
    const loader = this.loaders.get(key) ?? new DataLoader<Id, unknown>((ids) => inOrder(ids, read), { cache: false });
    this.loaders.set(key, loader);
    return loader.load(id) as Promise<Row | null>;
  }
}

async function inOrder<Row extends { readonly id: Id }>(
  ids: readonly Id[],
  read: (ids: readonly Id[]) => Promise<readonly Row[]>,
): Promise<(Row | null)[]> {
  const rows = new Map((await read(ids)).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id) ?? null);
}
