import fc, { type Arbitrary } from 'fast-check';
import type { DocumentedOperation } from '../support/api-document.js';
import { oddValue, spoiled } from './odd-values.js';
import type { Schema, SchemaValues } from './schema-values.js';

export const callers = ['owner', 'teacher', 'student', 'guardian', 'nobody', 'forger'] as const;

/** One request, ready to be sent. */
export interface FuzzRequest {
  readonly caller: (typeof callers)[number];
  /** With its query. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers: Readonly<Record<string, string>>;
}

const oddSegments = [
  '0',
  'me',
  'null',
  '%00',
  '%E0%A4%A',
  "'",
  '..%2f..',
  'x'.repeat(300),
  '*',
  '{id}',
  '%F0%9F%98%80',
];
const oddHeaders: Arbitrary<Record<string, string>> = fc.record(
  {
    'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('', ' ', 'x'.repeat(300), 'å', '"')),
    'accept-language': fc.constantFrom('da', 'en;q=2', ';;;,', 'x'.repeat(500)),
    'if-match': fc.constantFrom('*', '"1"', 'W/"1"', '"', 'x'.repeat(500)),
    'if-none-match': fc.constantFrom('*', '"1"', '""', ','),
    'x-request-id': fc.constantFrom('abc-12345678', '<script>', 'x'.repeat(500)),
  },
  { requiredKeys: [] },
);

/** Requests of the operation: many that it should do, more that it should refuse. */
export function requestsOf(operation: DocumentedOperation, values: SchemaValues): Arbitrary<FuzzRequest> {
  return fc
    .record({
      caller: fc.oneof({ weight: 3, arbitrary: fc.constant('owner' as const) }, fc.constantFrom(...callers)),
      path: pathsOf(operation, values),
      query: queriesOf(operation, values),
      content: bodiesOf(operation, values),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, oddHeaders),
    })
    .map(({ path, query, content, ...request }) => ({
      ...request,
      ...content,
      path: query === '' ? path : `${path}?${query}`,
    }));
}

function pathsOf({ path, parameters }: DocumentedOperation, values: SchemaValues): Arbitrary<string> {
  const segments = path.split('/').map((segment) => {
    if (!segment.startsWith('{')) return fc.constant(segment);
    const name = segment.slice(1, -1);
    const schema = parameters.find((each) => each.in === 'path' && each.name === name)?.schema ?? {
      type: 'string',
      format: 'uuid',
    };
    return fc.oneof(
      { weight: 6, arbitrary: values.allowed(schema, name).map((value) => encodeURIComponent(String(value))) },
      { weight: 1, arbitrary: fc.oneof(fc.uuid(), fc.constantFrom(...oddSegments)) },
    );
  });
  return fc.tuple(...segments).map((all) => all.join('/'));
}

function queriesOf({ parameters }: DocumentedOperation, values: SchemaValues): Arbitrary<string> {
  const query = parameters.filter((each) => each.in === 'query');
  const pair = (name: string, schema: Schema) =>
    fc
      .oneof({ weight: 2, arbitrary: values.allowed(schema, name) }, { weight: 1, arbitrary: oddValue })
      .map((value) => [name, textOf(value)]);
  const pairs = query.map(({ name, schema, required }) =>
    fc.array(pair(name, schema), { minLength: required ? 1 : 0, maxLength: 1 }),
  );
  const more = fc.array(
    fc.oneof(
      ...query.map(({ name, schema }) => pair(name, schema)),
      fc.tuple(fc.constantFrom('__proto__', 'nobody[knows]', 'q'), fc.constant('1')),
    ),
    { maxLength: 1 },
  );
  return fc
    .tuple(...pairs, fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, more))
    .map((all) => new URLSearchParams(all.flat() as [string, string][]).toString());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

type Content = Pick<FuzzRequest, 'body' | 'contentType'>;

const oddContents: readonly Content[] = [
  { body: '{"a": ', contentType: 'application/json' },
  { body: '', contentType: 'application/json' },
  { body: '{}', contentType: 'application/json; charset=utf-16' },
  { body: '{"__proto__": {"isAdmin": true}}', contentType: 'application/json' },
  { body: '{"constructor": {"prototype": {"isAdmin": true}}}', contentType: 'application/json' },
  { body: '['.repeat(5_000) + ']'.repeat(5_000), contentType: 'application/json' },
  { body: '{"a":1,"a":2}', contentType: 'application/json' },
  { body: '\ufeff{}', contentType: 'application/json' },
  { body: '<a/>', contentType: 'application/xml' },
  { body: 'a=1&a=2', contentType: 'application/x-www-form-urlencoded' },
  { body: '--x\r\n', contentType: 'multipart/form-data; boundary=x' },
  { body: 'name;email\n"', contentType: 'text/csv' },
  { body: 'navn;e-mail;telefon\nAnna;anna@x.example;20123456\n=1+1;;\n', contentType: 'text/csv; charset=iso-8859-1' },
];

function bodiesOf({ method, bodySchema }: DocumentedOperation, values: SchemaValues): Arbitrary<Content> {
  if (method === 'get') return fc.constant({});
  const allowed = bodySchema ? values.allowed(bodySchema) : fc.constant({});
  const asJson = (body: unknown): Content => ({ body: JSON.stringify(body), contentType: 'application/json' });
  return fc.oneof(
    { weight: 5, arbitrary: allowed.map(asJson) },
    { weight: 4, arbitrary: spoiled(allowed).map(asJson) },
    { weight: 1, arbitrary: fc.constantFrom(...oddContents) },
  );
}
