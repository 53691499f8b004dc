import { type Answer, type Described, sharedAnswers } from '../document/operations.js';
import { isOfApi } from './tagged-answers.js';

const notModified = 'NotModified';

/** Describes the 304 of every JSON answer that somebody may have read before. */
export function describeConditions({ method, path, operation }: Described, shared: Record<string, Answer>): void {
  if (method !== 'get' || !isOfApi(path) || !isJson(operation.responses[200])) return;
  shared[notModified] = { description: 'Not Modified: what `If-None-Match` names is still what there is.' };
  operation.responses[304] = { $ref: `${sharedAnswers}${notModified}` };
}

function isJson(answer: Answer | undefined): boolean {
  return answer !== undefined && 'content' in answer && 'application/json' in (answer.content ?? {});
}
