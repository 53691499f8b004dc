import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { type ClassTransformOptions, Transform } from 'class-transformer';
import { IsDefined, ValidateIf } from 'class-validator';
import { says } from './field-texts.js';

/** An id that stands for any in the document. */
export const exampleId = '019aa1b2-7c00-7000-8000-000000000001';

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

/** Any class that may stand as a type in the document. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** What all fields have in common: their documentation, and when they may be missing or null. */
export function field(
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
export function fromText(read: (text: string) => unknown): PropertyDecorator {
  return Transform(({ value, options }: { value: unknown; options: FieldTransformOptions }) =>
    options.fromText && typeof value === 'string' ? read(value) : value,
  );
}
