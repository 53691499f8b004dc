/** A map that remembers only its newest entries, so that a sandbox left running does not grow for ever. */
export class BoundedMap<K, V> extends Map<K, V> {
  /** For maps that are made from now on, and are not told otherwise. */
  static newest = 5_000;

  constructor(private readonly limit = BoundedMap.newest) {
    super();
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    if (this.size > this.limit) this.delete(this.keys().next().value as K);
    return this;
  }

  /** All values, the newest first. */
  newestFirst(): V[] {
    return [...this.values()].toReversed();
  }
}
