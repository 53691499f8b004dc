import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Answer = NonNullable<Operation['responses'][string]>;
export type OwnAnswer = Exclude<Answer, { $ref: string }>;

/** Where answers stand that several operations share. */
export const sharedAnswers = '#/components/responses/';

/** An operation of the document, and where it stands. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Every operation of the document, to be completed where it stands. */
export function operationsOf({ paths }: Pick<OpenAPIObject, 'paths'>): Described[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>)
      .filter(([, operation]) => 'responses' in operation)
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

/** True where one must have signed in. */
export function isClosed({ operation }: Described): boolean {
  return Boolean(operation.security?.length);
}
