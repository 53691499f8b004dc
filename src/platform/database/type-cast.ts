import type { TypeCastField, TypeCastNext } from 'mysql2';

/**
 * The one place where the wire's values become JavaScript's: instants are Dates, 64-bit integers and sums are numbers (and
 * fail when they are not safe), tinyint(1) is boolean. Dates without time stay 'YYYY-MM-DD'.
 */
export function typeCast(field: TypeCastField, next: TypeCastNext): unknown {
  switch (field.type) {
    case 'DATETIME':
    case 'TIMESTAMP':
      return castInstant(field.string());
    case 'LONGLONG':
    case 'NEWDECIMAL':
      return castNumber(field.string());
    case 'TINY':
      return field.length === 1 ? castBoolean(field.string()) : next();
    default:
      return next();
  }
}

function castInstant(value: string | null): Date | null {
  return value === null ? null : new Date(`${value.replace(' ', 'T')}Z`);
}

function castBoolean(value: string | null): boolean | null {
  return value === null ? null : value === '1';
}

function castNumber(value: string | null): number | null {
  if (value === null) return null;
  const number = Number(value);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a number`);
  return number;
}
