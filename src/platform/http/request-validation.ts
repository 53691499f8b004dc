import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { FieldTransformOptions } from './field.js';
import type { FieldProblem, Texts } from './problem.js';
import { InvalidRequest, MalformedRequest, RequestTooLarge } from './request-problems.js';
import { rememberInheritedRules } from './inherited-rules.js';

// More than the longest lists of the largest body hold; to name what is wrong with more would keep all others waiting.
const mostValues = 2_000;

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

rememberInheritedRules();

/** Turns body and query into their DTO, refuses unknown fields, and names each wrong one. @throws InvalidRequest, RequestTooLarge */
@Injectable()
export class RequestValidation implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if ((type !== 'body' && type !== 'query') || !metatype || isPlain(metatype)) return value;
    const input = value ?? {};
    if (typeof input !== 'object' || Array.isArray(input)) throw new MalformedRequest();
    if (holdsMoreThan(mostValues, input)) throw new RequestTooLarge();
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

/** Counts what lies within at any depth, which is limited already. */
function holdsMoreThan(most: number, input: object): boolean {
  const open: object[] = [input];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const values: unknown[] = Object.values(next);
    if ((count += values.length) > most) return true;
    open.push(...values.filter((value) => typeof value === 'object' && value !== null));
  }
  return false;
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
