import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type Described } from '../document/operations.js';
import { CONDITIONAL, ConditionalInterceptor } from './conditional.interceptor.js';

const ifMatchHeader = 'If-Match';

const description = `The \`ETag\` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
\`request.precondition_failed\`. Left out, or \`*\`: the last change counts.`;

/**
 * The route changes what a GET of the same path answers, and takes If-Match; its use case calls assertAsSeen().
 * An answer that is the same as that GET's carries its new ETag.
 */
export function Conditional({ answersTheSame = true } = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(CONDITIONAL, answersTheSame),
    UseInterceptors(ConditionalInterceptor),
    ApiHeader({ name: ifMatchHeader, required: false, description, schema: { type: 'string' } }),
  );
}

/** Whether an operation of the document takes If-Match. */
export function isConditional({ operation }: Described): boolean {
  return operation.parameters?.some((each) => 'name' in each && each.name === ifMatchHeader) ?? false;
}
