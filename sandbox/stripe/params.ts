import { type FormTree, isTree } from '../http/form.js';
import { StripeRefusal } from './stripe-refusal.js';

/** Reads the typed values out of a decoded form; refuses with Stripe's words what cannot be read. */
export class Params {
  constructor(
    private readonly tree: FormTree,
    private readonly prefix = '',
  ) {}

  text(name: string): string | undefined {
    const value = this.tree[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw StripeRefusal.invalid('Invalid string', this.nameOf(name));
    return value;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw StripeRefusal.missing(this.nameOf(name));
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d+$/.test(value)) {
      throw StripeRefusal.invalid(`Invalid integer: ${value}`, this.nameOf(name), 'parameter_invalid_integer');
    }
    return Number(value);
  }

  requiredInteger(name: string): number {
    const value = this.integer(name);
    if (value === undefined) throw StripeRefusal.missing(this.nameOf(name));
    return value;
  }

  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  texts(name: string): string[] {
    const value = this.tree[name];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }

  /** The same, or null when there are none. */
  list(name: string): string[] | null {
    const values = this.texts(name);
    return values.length > 0 ? values : null;
  }

  /** Refuses a parameter that this version of the API no longer knows. */
  refuse(name: string): void {
    if (!this.has(name)) return;
    throw StripeRefusal.invalid(`Received unknown parameter: ${name}`, name, 'parameter_unknown');
  }

  /** Refuses what the sandbox would leave undone. */
  refuseOthers(played: readonly string[]): void {
    const other = Object.keys(this.tree).find((name) => !played.includes(name));
    if (other) throw StripeRefusal.invalid(`The sandbox does not play ${other} here.`, this.nameOf(other));
  }

  /** One of the allowed words. */
  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const chosen = allowed.find((one) => one === value);
    if (chosen) return chosen;
    throw StripeRefusal.invalid(`Invalid ${name}: must be one of ${allowed.join(', ')}`, this.nameOf(name));
  }

  /** A nested record; an empty one when it was not given. */
  inner(name: string): Params {
    const value = this.tree[name];
    return new Params(isTree(value) ? value : {}, this.nameOf(name));
  }

  has(name: string): boolean {
    return this.tree[name] !== undefined;
  }

  /** The records of a list. */
  items(name: string): Params[] {
    const value = this.tree[name];
    if (!Array.isArray(value)) return [];
    return value.map((one, index) => new Params(isTree(one) ? one : {}, `${this.nameOf(name)}[${index}]`));
  }

  /** Stripe's limits: 50 keys of 40 characters, values of 500. */
  metadata(name = 'metadata'): Record<string, string> {
    const value = this.tree[name];
    const entries = isTree(value) ? Object.entries(value).filter(([, text]) => text !== '') : [];
    if (entries.length > 50) throw StripeRefusal.invalid('Metadata can have up to 50 keys.', this.nameOf(name));
    for (const [key, text] of entries) {
      if (key.length > 40 || typeof text !== 'string' || text.length > 500) {
        throw StripeRefusal.invalid(
          `Metadata '${key}' is too long: keys 40, values 500 characters.`,
          this.nameOf(name),
        );
      }
    }
    return Object.fromEntries(entries) as Record<string, string>;
  }

  private nameOf(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}[${name}]`;
  }
}
