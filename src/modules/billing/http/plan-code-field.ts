import { IsString, Matches, MaxLength } from 'class-validator';
import { says } from '../../../platform/http/field-texts.js';
import { field, type FieldOptions } from '../../../platform/http/field.js';

const longest = 40;
const pattern = /^[a-z][a-z0-9-]*$/;

/** The code of a plan: at most 40 small letters, digits and hyphens. */
export function PlanCodeField(options: Omit<FieldOptions<string>, 'example'>): PropertyDecorator {
  return field(
    { ...options, example: 'standard' },
    { type: 'string', pattern: pattern.source, maxLength: longest },
    IsString(says('must be text', 'skal være tekst')),
    Matches(pattern, says('must be small letters, digits and hyphens', 'skal være små bogstaver, tal og bindestreger')),
    MaxLength(longest, says(`must have at most ${longest} characters`, `må højst have ${longest} tegn`)),
  );
}
