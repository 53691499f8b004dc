import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Described } from '../document/operations.js';

const ifMatchHeader = 'If-Match';

const CONDITIONAL = Symbol('conditional');

const description = `The \`ETag\` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
\`request.precondition_failed\`. Left out, or \`*\`: the last change counts.`;

/**
 * The route changes what a GET of the same path answers, and takes If-Match; its use case calls assertAsSeen().
 * An answer that is the same as that GET's carries its new ETag.
 */
export function Conditional({ answersTheSame = true } = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(CONDITIONAL, answersTheSame),
    ApiHeader({ name: ifMatchHeader, required: false, description, schema: { type: 'string' } }),
  );
}

/** What @Conditional() says of the method; undefined without it. */
export function conditionalOf(method: object): { readonly answersTheSame: boolean } | undefined {
  const answersTheSame = Reflect.getMetadata(CONDITIONAL, method) as boolean | undefined;
  return answersTheSame === undefined ? undefined : { answersTheSame };
}

/** Whether an operation of the document takes If-Match. */
export function isConditional({ operation }: Described): boolean {
  return operation.parameters?.some((each) => 'name' in each && each.name === ifMatchHeader) ?? false;
}
