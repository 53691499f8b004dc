import { uuidv7, V7Generator } from 'uuidv7';

declare const idBrand: unique symbol;

/** A UUIDv7 in its canonical lower-case text. Ordered by time of creation, made by the application. */
export type Id = string & { readonly [idBrand]: true };

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function newId(): Id {
  return uuidv7() as Id;
}

const generator = new V7Generator();
generator.setRollbackAllowance(0);

/** An id of another time than the system's, such as that of an injected clock; in order within the same millisecond. */
export function newIdAt(at: Date): Id {
  return generator.generateOrResetWithTs(at.getTime()).toString() as Id;
}

/** No id made at that time or later is smaller, and none made before is greater. */
export function firstIdAt(at: Date): Id {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000` as Id;
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
