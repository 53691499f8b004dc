import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { FieldTransformOptions } from './field.js';
import type { FieldProblem, Texts } from './problem.js';
import { InvalidRequest, MalformedRequest } from './request-problems.js';

// Of several complaints about one field only the most basic helps.
const basicFirst = [
  'whitelistValidation',
  'isDefined',
  'isString',
  'isInt',
  'isBoolean',
  'isDate',
  'isArray',
  'isObject',
];

const unknownField: Texts = { en: 'is not known here', da: 'kendes ikke her' };
const notAnObject: Texts = { en: 'must be an object', da: 'skal være et objekt' };

/** Turns body and query into their DTO, refuses unknown fields, and names each wrong one. @throws InvalidRequest */
@Injectable()
export class RequestValidation implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if ((type !== 'body' && type !== 'query') || !metatype || isPlain(metatype)) return value;
    const input = value ?? {};
    if (typeof input !== 'object' || Array.isArray(input)) throw new MalformedRequest();
    const { dto, problems } = await readFields(metatype as new () => object, input, { fromText: type === 'query' });
    if (problems.length > 0) throw new InvalidRequest(problems);
    return dto;
  }
}

/** The input as its DTO, and what is wrong with it; what came by another way than a request is held to the same fields. */
export async function readFields<Dto extends object>(
  type: new () => Dto,
  input: object,
  options: FieldTransformOptions = {},
): Promise<{ dto: Dto; problems: FieldProblem[] }> {
  const dto = plainToInstance(type, input, options);
  const errors = await validate(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  return { dto, problems: errors.flatMap((error) => fieldProblems(error, '')) };
}

function isPlain(metatype: unknown): boolean {
  return [String, Number, Boolean, Array, Object, Buffer].includes(metatype as never);
}

function fieldProblems(error: ValidationError, parent: string): FieldProblem[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = error.constraints ? [{ field, message: messageOf(error, error.constraints) }] : [];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, field))];
}

function messageOf(error: ValidationError, constraints: Record<string, string>): Texts {
  const names = Object.keys(constraints);
  const name = basicFirst.find((each) => names.includes(each)) ?? names[0] ?? '';
  if (name === 'whitelistValidation') return unknownField;
  if (name === 'nestedValidation') return notAnObject;
  const context = error.contexts?.[name] as { text?: Texts } | undefined;
  const plain = constraints[name] ?? 'is not valid';
  return context?.text ?? { en: plain, da: plain };
}
