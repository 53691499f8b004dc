import { Transform } from 'class-transformer';
import { IsBoolean, isEmail, IsIn, IsInt, IsString, Max, MaxLength, Min, MinLength, ValidateBy } from 'class-validator';
import { isId } from '../values/id.js';
import { exampleId, field, type FieldOptions, fromText } from './field.js';
import { says } from './field-texts.js';
import { isReadable, Readable } from './readable-text.js';
import { isE164 } from './phone.js';

export * from './composite-fields.js';
export * from './time-fields.js';
export { MoneyDto } from './money.dto.js';
export type { FieldOptions } from './field.js';

/** A canonical UUID, the id of something. */
export function IdField(options: Omit<FieldOptions<string>, 'example'> & { example?: string }): PropertyDecorator {
  return field(
    { example: exampleId, ...options },
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
    Readable(),
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
    ValidateBy(
      // What cannot be written makes isEmail() itself fail.
      { name: 'isEmail', validator: { validate: (value) => isReadable(value) && isEmail(value) } },
      says('must be an e-mail address', 'skal være en e-mailadresse'),
    ),
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
