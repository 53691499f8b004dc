import { isConditional } from '../conditional/conditional.js';
import { isCounted } from '../rate-limit/limit-addresses.js';
import { exampleId } from '../field.js';
import { type Answer, type Described, isClosed, type OwnAnswer, sharedAnswers } from './operations.js';

interface DocumentedHeader {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
  readonly comes: (described: Described, status: number) => boolean;
}

const text = { type: 'string' };

const headers: readonly DocumentedHeader[] = [
  {
    name: 'X-Request-Id',
    description: 'Finds this request in the logs: the caller’s own `X-Request-Id`, else a new one.',
    schema: { ...text, example: exampleId },
    comes: () => true,
  },
  {
    name: 'Content-Language',
    description: 'The language of the problem’s texts, by `Accept-Language`.',
    schema: { ...text, enum: ['en', 'da'], example: 'en' },
    comes: (_, status) => status >= 400,
  },
  {
    name: 'WWW-Authenticate',
    description: 'How to sign in.',
    schema: { ...text, example: 'Bearer' },
    comes: (_, status) => status === 401,
  },
  {
    name: 'Retry-After',
    description: 'Seconds after which a repeat makes sense; not on every problem of this status.',
    schema: { type: 'integer', example: 1 },
    comes: (_, status) => [409, 429, 503].includes(status),
  },
  {
    name: 'RateLimit-Policy',
    description: 'The limits that count this request: `q` requests in `w` seconds.',
    schema: { ...text, example: '"caller";q=600;w=60' },
    comes: ({ path }) => isCounted(path),
  },
  {
    name: 'RateLimit',
    description: 'What is left of each limit: `r` requests, all of them again in `t` seconds.',
    schema: { ...text, example: '"caller";r=599;t=60' },
    comes: ({ path }) => isCounted(path),
  },
  {
    name: 'ETag',
    description:
      'Names this very answer: for `If-None-Match` when you read it again, for `If-Match` when you change it.',
    schema: { ...text, example: '"4fXn7q0bQ2m1v9hYc8sJ6A"' },
    comes: (described, status) =>
      status === 304 ||
      (status === 200 && (described.operation.responses[304] !== undefined || isConditional(described))),
  },
  {
    name: 'Idempotent-Replayed',
    description: '`true` when this is the stored answer to an earlier request with the same `Idempotency-Key`.',
    schema: { ...text, enum: ['true'], example: 'true' },
    comes: (described, status) => status < 300 && described.method === 'post' && isClosed(described),
  },
];

/** The headers for the document's components: each is described once. */
export const headerComponents = Object.fromEntries(
  headers.map(({ name, description, schema }) => [name, { description, schema }]),
);

/** Names the headers of every answer of the operation, and of what it shares with others. */
export function describeHeaders(described: Described, shared: Readonly<Record<string, Answer>>): void {
  for (const [status, answer] of Object.entries(described.operation.responses)) {
    const known = '$ref' in answer! ? shared[answer.$ref.slice(sharedAnswers.length)] : answer;
    const come = headers.filter(({ comes }) => comes(described, Number(status)));
    const references = come.map(({ name }) => [name, { $ref: `#/components/headers/${name}` }]);
    Object.assign(known!, { headers: { ...Object.fromEntries(references), ...(known as OwnAnswer).headers } });
  }
}
