/** What messages that go out together have in common is read once, by whoever asks first. */
export class SharedReads {
  private readonly known = new Map<string, Promise<unknown>>();

  /** @param key the same key always stands for the same read */
  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const found = this.known.get(key) ?? read();
    this.known.set(key, found);
    return found as Promise<T>;
  }
}
