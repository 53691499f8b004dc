import { uuidv7 } from 'uuidv7';

declare const idBrand: unique symbol;

/** A UUIDv7 in its canonical lower-case text. Ordered by time of creation, made by the application. */
export type Id = string & { readonly [idBrand]: true };

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function newId(): Id {
  return uuidv7() as Id;
}

export function isId(value: unknown): value is Id {
  return typeof value === 'string' && canonical.test(value);
}

export function idToBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function idFromBytes(bytes: Buffer): Id {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id;
}
