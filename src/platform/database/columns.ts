import { p, Type } from '@mikro-orm/core';
import { idFromBytes, idToBytes, type Id } from '../values/id.js';
import { currentSchool, acrossReason } from '../tenancy/tenancy.js';

/** UUIDv7 kept as binary(16); the connection's typeCast already turns it into text when reading. */
export class IdType extends Type<Id, Buffer | string> {
  override convertToDatabaseValue(value: Id | Buffer): Buffer {
    return Buffer.isBuffer(value) ? value : idToBytes(value);
  }

  override convertToJSValue(value: Buffer | string): Id {
    return Buffer.isBuffer(value) ? idFromBytes(value) : (value as Id);
  }

  override compareAsType(): string {
    return 'string';
  }

  override compareValues(a: Buffer | string, b: Buffer | string): boolean {
    return this.convertToJSValue(a) === this.convertToJSValue(b);
  }

  override toJSON(value: Id): Id {
    return value;
  }

  override getColumnType(): string {
    return 'binary(16)';
  }
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
