import { STATUS_CODES } from 'node:http';
import type { Language } from './language.js';
import type { Problem } from './problem.js';
import type { ProblemDto } from './problem.dto.js';

export interface ProblemContext {
  readonly language: Language;
  readonly path: string;
  readonly correlationId: string;
}

/** RFC 9457 problem details of a problem, in the reader's language. */
export function problemBody(problem: Problem, { language, path, correlationId }: ProblemContext): ProblemDto {
  const errors = problem.fields.map(({ field, message }) => ({ field, message: message[language] }));
  return {
    // What a problem adds comes first: it may not replace a standard member.
    ...problem.extra,
    type: `/problems/${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Problem',
    status: problem.status,
    detail: problem.texts[language],
    instance: path,
    code: problem.code,
    correlationId,
    ...(errors.length > 0 ? { errors } : {}),
  };
}
