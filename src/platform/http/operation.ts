import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { type DocumentedProblem, problemResponse, problemsByStatus } from './document/problems.js';
import { ProblemDto } from './problem.dto.js';

type Class = abstract new (...args: never[]) => object;

type FileType = `${'application' | 'image' | 'text'}/${string}`;

export interface OperationOptions {
  /** The stable `operationId`, a verb: `bookLesson`. */
  readonly id: string;
  readonly summary: string;
  /** What the summary leaves open; who may use it and what is refused is added by itself. */
  readonly description: string;
  /** What a success answers; left out: nothing (204). `[Dto]` is a plain list, `PageOf(Dto)` a page. */
  readonly ok?: Class | readonly [Class];
  /** Status of a success: 200, or 204 without `ok`. */
  readonly status?: 200 | 201 | 202 | 204;
  /** For an answer that is a file: its media type instead of `ok`, or those it may have. */
  readonly file?: FileType | readonly FileType[];
  /** The refusals of its own; those that any operation may answer are documented without it. */
  readonly problems?: readonly DocumentedProblem[];
}

/** Documents an endpoint and sets its success status. Belongs on every controller method. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { id, summary, description, ok, file } = options;
  const status = options.status ?? (ok || file ? 200 : 204);
  const problems = [...problemsByStatus(options.problems ?? [])];
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ operationId: id, summary, description }),
    ApiExtraModels(ProblemDto),
    success(status, ok, file),
    ...problems.map(([problem, known]) => ApiResponse({ status: problem, ...problemResponse(problem, known) })),
  );
}

function success(status: number, ok: OperationOptions['ok'], file: OperationOptions['file']): MethodDecorator {
  const description = STATUS_CODES[status] ?? 'Success';
  if (file) return ApiResponse({ status, description, content: fileContent([file].flat()) });
  if (!ok) return ApiResponse({ status, description });
  const type = (Array.isArray(ok) ? [ok[0]] : ok) as new () => object;
  return ApiResponse({ status, description, type });
}

function fileContent(types: readonly FileType[]) {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
}
