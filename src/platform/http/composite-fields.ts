import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { isId } from '../values/id.js';
import { type Class, exampleId, field, type FieldOptions } from './field.js';
import { says } from './field-texts.js';
import { MoneyDto } from './money.dto.js';
import { Readable } from './readable-text.js';

/** An amount of money: integer minor units and currency. Arrives as `MoneyDto`. */
export function MoneyField(
  options: Omit<FieldOptions<MoneyDto>, 'example'> & { example?: MoneyDto },
): PropertyDecorator {
  return NestedField(() => MoneyDto, { example: { amount: 65000, currency: 'DKK' }, ...options });
}

/** Another DTO. */
export function NestedField(
  type: () => Class,
  options: Omit<FieldOptions<unknown>, 'example'> & { example?: unknown },
): PropertyDecorator {
  return field(
    { example: undefined, ...options },
    { type: () => type() as new () => object },
    Type(type),
    IsObject(says('must be an object', 'skal være et objekt')),
    ValidateNested(),
  );
}

interface ListOptions<T> extends Omit<FieldOptions<readonly T[] | null>, 'example'> {
  readonly example?: readonly T[] | null;
  readonly minItems?: number;
  readonly maxItems?: number;
}

function listField(
  options: ListOptions<unknown>,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const { minItems = 0, maxItems = 200 } = options;
  return field(
    { example: undefined, ...options },
    { isArray: true, minItems, maxItems, ...api },
    IsArray(says('must be a list', 'skal være en liste')),
    ArrayMinSize(minItems, says(`must have at least ${minItems} items`, `skal have mindst ${minItems} elementer`)),
    ArrayMaxSize(maxItems, says(`must have at most ${maxItems} items`, `må højst have ${maxItems} elementer`)),
    ...checks,
  );
}

/** A list of another DTO, of 0 to 200 items unless told otherwise. */
export function ListField(type: () => Class, options: ListOptions<unknown>): PropertyDecorator {
  return listField(options, { type: () => type() as new () => object }, Type(type), ValidateNested({ each: true }));
}

/** A list of ids. */
export function IdListField(options: ListOptions<string>): PropertyDecorator {
  return listField(
    { example: [exampleId], ...options },
    { type: 'string', format: 'uuid' },
    ValidateBy(
      { name: 'isId', validator: { validate: isId } },
      says('must be ids (UUID)', 'skal være id’er (UUID)', { each: true }),
    ),
  );
}

/** A list of texts of 1 to `max` (default 200) characters. */
export function TextListField({ max = 200, ...options }: ListOptions<string> & { max?: number }): PropertyDecorator {
  const each = { each: true };
  return listField(
    options,
    { type: 'string', minLength: 1, maxLength: max },
    IsString(says('must be texts', 'skal være tekster', each)),
    Length(1, max, says(`must have 1 to ${max} characters each`, `skal have 1 til ${max} tegn hver`, each)),
    Readable(each),
  );
}

/** A list of whole numbers between `min` and `max`. */
export function IntListField(options: ListOptions<number> & { min: number; max: number }): PropertyDecorator {
  const { min, max } = options;
  const each = { each: true };
  return listField(
    options,
    { type: 'integer', minimum: min, maximum: max },
    IsInt(says('must be whole numbers', 'skal være hele tal', each)),
    Min(min, says(`must be at least ${min} each`, `skal hver være mindst ${min}`, each)),
    Max(max, says(`must be at most ${max} each`, `må hver højst være ${max}`, each)),
  );
}

/** A list of values out of `values`. */
export function EnumListField<const V extends string | number>(
  values: readonly V[],
  options: ListOptions<NoInfer<V>>,
): PropertyDecorator {
  const list = values.join(', ');
  return listField(
    options,
    { enum: [...values] },
    IsIn([...values], says(`must be out of: ${list}`, `skal være blandt: ${list}`, { each: true })),
  );
}
