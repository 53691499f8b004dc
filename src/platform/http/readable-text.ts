import { ValidateBy, type ValidationOptions } from 'class-validator';
import { says } from './field-texts.js';

// Control characters; line breaks and tabs are text.
const control = /[^\P{Cc}\t\n\r]/u;

/** Text that every system behind us can write: whole characters, none of them a control character. Not for other types. */
export function isReadable(value: unknown): boolean {
  return typeof value !== 'string' || (value.isWellFormed() && !control.test(value));
}

/** Refuses text that is not readable. */
export function Readable(options: ValidationOptions = {}): PropertyDecorator {
  return ValidateBy(
    { name: 'isReadable', validator: { validate: isReadable } },
    says('must not hold control characters', 'må ikke rumme styretegn', options),
  );
}
