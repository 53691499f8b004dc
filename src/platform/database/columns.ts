import { p, Type } from '@mikro-orm/core';
import { type Id, idFromBytes, idToBytes } from '../values/id.js';
import { currentSchool, acrossReason } from '../tenancy/tenancy.js';

/** UUIDv7: canonical text in the application, binary(16) in the database. */
export class IdType extends Type<Id, Buffer> {
  // Nullable columns come through here too, and values that are converted already.
  override convertToDatabaseValue(value: Id | Buffer): Buffer {
    return typeof value === 'string' ? printedAsHex(idToBytes(value)) : value;
  }

  override convertToJSValue(value: Buffer | Id): Id {
    return Buffer.isBuffer(value) ? idFromBytes(value) : value;
  }

  override compareAsType(): string {
    return 'Buffer';
  }

  override toJSON(value: Id): Id {
    return value;
  }

  override getColumnType(): string {
    return 'binary(16)';
  }
}

// MikroORM joins the parts of a composite key as text, where the bytes' own text (UTF-8) would let two keys look the same.
function printedAsHex(bytes: Buffer): Buffer {
  return Object.defineProperty(bytes, 'toString', { value: hexByDefault });
}

function hexByDefault(this: Buffer, encoding: BufferEncoding = 'hex'): string {
  return Buffer.prototype.toString.call(this, encoding);
}

export const id = () => p.type(IdType).$type<Id>();
/** UTC with milliseconds. */
export const instant = () => p.datetime(3);
/** Minor units of a currency. */
export const amount = () => p.bigint('number');
export const int = () => p.integer();
export const bool = () => p.boolean();
export const text = (length: number) => p.string().length(length);
export const longText = () => p.text();
/** One of a fixed set of words; the migration's CHECK says the same to the database. */
export const code = <T extends string>() => p.string().length(40).$type<T>();
/** 'YYYY-MM-DD' */
export const localDate = () => p.date();
/** 'HH:MM' */
export const localTime = () => p.string().columnType('char(5)');
export const currency = () => p.string().columnType('char(3)');
export const json = <T>() => p.json().$type<T>();

/** A secret of somebody else's, as `Encryption` seals it for `<table>.<column>:<id of the row>`; found by this type when keys change. */
export class SealedType extends Type<string, string> {
  override getColumnType(): string {
    return 'text';
  }
}

export const sealed = () => p.type(SealedType).$type<string>();

/** Spread into an entity that belongs to a school: reads see the current school's rows alone, and fail when there is none. */
export const schoolScoped = {
  filters: {
    school: {
      name: 'school',
      cond: () => (acrossReason() ? {} : { schoolId: currentSchool() }),
      default: true,
      args: false,
    },
  },
} as const;
