import { type Described, isClosed } from '../document/operations.js';
import { notStoredExtension } from './answer-not-stored.js';
import { keyHeader, keyPattern } from './keyed-request.js';

const description = `Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
the answer is the first one’s, with \`Idempotent-Replayed: true\`; 409 \`idempotency.in_flight\` while the first is at work, 422
\`idempotency.key_reused\` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
and may be sent again with the same key.`;

/** Described once, and referred to by each operation it applies to. */
export const idempotencyKeyParameter = {
  name: keyHeader,
  in: 'header' as const,
  required: false,
  description,
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: keyPattern },
};

const reference = { $ref: '#/components/parameters/IdempotencyKey' };

/** True for the POST of somebody signed in, unless its answer is never stored. */
export function takesKey(described: Described): boolean {
  return described.method === 'post' && isClosed(described) && !(notStoredExtension in described.operation);
}

/** Describes the header where it applies. */
export function describeIdempotencyKey(described: Described): void {
  const { operation } = described;
  if (takesKey(described)) operation.parameters = [...(operation.parameters ?? []), reference];
}
