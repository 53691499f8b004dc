import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type, type ClassTransformOptions } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isId } from '../values/id.js';
import { says } from './field-texts.js';
import { MoneyDto } from './money.dto.js';
import { isE164 } from './phone.js';

export { MoneyDto } from './money.dto.js';

/** What every field tells its reader. One decorator both validates a field and documents it. */
export interface FieldOptions<T> {
  readonly description: string;
  readonly example: T;
  /** The field may be left out (null is refused unless `nullable`). */
  readonly optional?: true;
  /** The field may be null. */
  readonly nullable?: true;
}

/** How the request pipe tells the fields that values are query text, so `"5"` may become 5. */
export interface FieldTransformOptions extends ClassTransformOptions {
  readonly fromText?: boolean;
}

type Class<T = object> = abstract new (...args: never[]) => T;

const LOCAL_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const LOCAL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function field(
  options: FieldOptions<unknown>,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const { description, example, optional = false, nullable = false } = options;
  const defined = optional
    ? says('must not be null; leave it out instead', 'må ikke være null; udelad feltet i stedet')
    : says('is required', 'skal udfyldes');
  return applyDecorators(
    ApiProperty({
      description,
      example,
      required: !optional,
      nullable: nullable || undefined,
      ...api,
    } as ApiPropertyOptions),
    ValidateIf((_, value) => !((optional && value === undefined) || (nullable && value === null))),
    IsDefined(defined),
    ...checks,
  );
}

/** Reads a query text with `read`; anything else passes untouched and is left to the validators. */
function fromText(read: (text: string) => unknown): PropertyDecorator {
  return Transform(({ value, options }: { value: unknown; options: FieldTransformOptions }) =>
    options.fromText && typeof value === 'string' ? read(value) : value,
  );
}

/** A canonical UUID, the id of something. */
export function IdField(options: Omit<FieldOptions<string>, 'example'> & { example?: string }): PropertyDecorator {
  return field(
    { example: '019aa1b2-7c00-7000-8000-000000000001', ...options },
    { type: 'string', format: 'uuid' },
    ValidateBy({ name: 'isId', validator: { validate: isId } }, says('must be an id (UUID)', 'skal være et id (UUID)')),
  );
}

/** Text of `min` (default 1) to `max` (default 200) characters, trimmed. */
export function TextField(options: FieldOptions<string | null> & { min?: number; max?: number }): PropertyDecorator {
  const { min = 1, max = 200 } = options;
  return field(
    options,
    { type: 'string', minLength: min, maxLength: max },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(says('must be text', 'skal være tekst')),
    MinLength(min, says(`must have at least ${min} characters`, `skal have mindst ${min} tegn`)),
    MaxLength(max, says(`must have at most ${max} characters`, `må højst have ${max} tegn`)),
  );
}

/** A secret such as a password or a token: never trimmed, never shown with an example that works elsewhere. */
export function SecretField(options: FieldOptions<string> & { min?: number; max?: number }): PropertyDecorator {
  const { min = 1, max = 512 } = options;
  return field(
    options,
    { type: 'string', minLength: min, maxLength: max, format: 'password' },
    IsString(says('must be text', 'skal være tekst')),
    MinLength(min, says(`must have at least ${min} characters`, `skal have mindst ${min} tegn`)),
    MaxLength(max, says(`must have at most ${max} characters`, `må højst have ${max} tegn`)),
  );
}

/** An e-mail address, lower-cased. */
export function EmailField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'email', maxLength: 254 },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
    IsEmail({}, says('must be an e-mail address', 'skal være en e-mailadresse')),
    MaxLength(254, says('must have at most 254 characters', 'må højst have 254 tegn')),
  );
}

/** A phone number in E.164 form, such as `+4520123456`. */
export function PhoneField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
    ValidateBy(
      { name: 'isPhone', validator: { validate: isE164 } },
      says('must be a phone number such as +4520123456', 'skal være et telefonnummer som +4520123456'),
    ),
  );
}

/** A moment: ISO 8601 with offset, arrives as `Date`. */
export function InstantField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date-time' },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && INSTANT.test(value) ? new Date(value) : value,
    ),
    IsDate(
      says(
        'must be a time with offset such as 2026-12-01T09:00:00+01:00',
        'skal være et tidspunkt med forskydning som 2026-12-01T09:00:00+01:00',
      ),
    ),
  );
}

/** A calendar date `YYYY-MM-DD` of the school's zone. */
export function LocalDateField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date' },
    ValidateBy(
      { name: 'isLocalDate', validator: { validate: isLocalDate } },
      says('must be a date such as 2026-12-01', 'skal være en dato som 2026-12-01'),
    ),
  );
}

function isLocalDate(value: unknown): boolean {
  if (typeof value !== 'string' || !LOCAL_DATE.test(value)) return false;
  return new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
}

/** A time of day `HH:MM` of the school's zone. */
export function LocalTimeField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', pattern: LOCAL_TIME.source },
    Matches(LOCAL_TIME, says('must be a time of day such as 08:30', 'skal være et klokkeslæt som 08:30')),
  );
}

/** A whole number between `min` and `max`. */
export function IntField(
  options: FieldOptions<number | null> & { min: number; max: number; default?: number },
): PropertyDecorator {
  const { min, max } = options;
  return field(
    options,
    { type: 'integer', minimum: min, maximum: max, default: options.default },
    fromText((text) => (/^-?\d+$/.test(text) ? Number(text) : text)),
    IsInt(says('must be a whole number', 'skal være et helt tal')),
    Min(min, says(`must be at least ${min}`, `skal være mindst ${min}`)),
    Max(max, says(`must be at most ${max}`, `må højst være ${max}`)),
  );
}

/** Yes or no. */
export function BoolField(options: FieldOptions<boolean | null> & { default?: boolean }): PropertyDecorator {
  return field(
    options,
    { type: 'boolean', default: options.default },
    fromText((text) => (text === 'true' ? true : text === 'false' ? false : text)),
    IsBoolean(says('must be true or false', 'skal være true eller false')),
  );
}

/** One of `values`. With `name` the OpenAPI document shares one named schema. */
export function EnumField<const V extends string | number>(
  values: readonly V[],
  options: FieldOptions<NoInfer<V> | null> & { name?: string; default?: NoInfer<V> },
): PropertyDecorator {
  const list = values.join(', ');
  return field(
    options,
    { enum: [...values], enumName: options.name, default: options.default },
    fromText((text) => (values.some((value) => value === text) ? text : Number(text))),
    IsIn([...values], says(`must be one of: ${list}`, `skal være en af: ${list}`)),
  );
}

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
    options,
    { type: 'string', format: 'uuid' },
    ValidateBy(
      { name: 'isId', validator: { validate: isId } },
      says('must be ids (UUID)', 'skal være id’er (UUID)', { each: true }),
    ),
  );
}

/** A list of texts of at most `max` (default 200) characters each. */
export function TextListField(options: ListOptions<string> & { max?: number }): PropertyDecorator {
  const { max = 200 } = options;
  return listField(
    options,
    { type: 'string', minLength: 1, maxLength: max },
    IsString(says('must be texts', 'skal være tekster', { each: true })),
    MinLength(1, says('must not hold empty text', 'må ikke rumme tom tekst', { each: true })),
    MaxLength(
      max,
      says(`must be texts of at most ${max} characters`, `skal være tekster på højst ${max} tegn`, { each: true }),
    ),
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
