import { BoundedMap } from '../http/bounded-map.js';

/** Addresses that a vendor writes to no more; `suppressed@…` is one of them from the beginning. */
export class Suppressions {
  private readonly known = new BoundedMap<string, boolean>();

  has(address: string): boolean {
    return this.known.get(address.toLowerCase()) ?? /^suppressed(\+|@)/i.test(address);
  }

  add(address: string): void {
    this.known.set(address.toLowerCase(), true);
  }

  /** @returns whether it was there */
  remove(address: string): boolean {
    const wasThere = this.has(address);
    this.known.set(address.toLowerCase(), false);
    return wasThere;
  }

  clear(): void {
    this.known.clear();
  }
}
