import type { TestApp } from '../../support/app.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
  readonly schema?: { readonly example?: unknown };
}

type Schema = { readonly $ref?: string; readonly properties?: Readonly<Record<string, { readonly type?: string }>> };

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; example?: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
  readonly 'x-permission'?: string;
  readonly 'x-roles'?: readonly string[];
}

/** An operation of the document, as far as access to it goes. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Undefined for what is open to everybody. */
  readonly permission: string | undefined;
  readonly roles: readonly string[];
  /** Names of the ids in the path, the school's apart; a date or a word in it names no row. */
  readonly rows: readonly string[];
  readonly query: readonly Parameter[];
  readonly bodyType: string | undefined;
  readonly bodyExample: object;
  /** Fields of the body that name rows. */
  readonly bodyRows: readonly string[];
  readonly isList: boolean;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation there is, out of the document that the application shows. */
export async function allOperations({ http }: TestApp): Promise<Operation[]> {
  const { body } = (await http.get('/openapi.json').expect(200)) as {
    body: { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } };
  };
  return Object.entries(body.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => method in item)
      .map((method) => operationOf(method, path, item[method]!, body.components.schemas)),
  );
}

function operationOf(
  method: Operation['method'],
  path: string,
  described: Described,
  schemas: Record<string, Schema>,
): Operation {
  const [bodyType, content] = Object.entries(described.requestBody?.content ?? {})[0] ?? [];
  const schema = content && resolved(content.schema, schemas);
  const answer = described.responses['200']?.content?.['application/json']?.schema;
  return {
    id: described.operationId,
    method,
    path,
    permission: described['x-permission'],
    roles: described['x-roles'] ?? [],
    rows: [...path.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name!)
      .filter((name) => !['schoolId', 'date', 'messageKind', 'locale'].includes(name)),
    query: (described.parameters ?? []).filter((parameter) => parameter.in === 'query'),
    bodyType,
    bodyExample: (content?.example as object | undefined) ?? {},
    bodyRows: Object.keys(schema?.properties ?? {}).filter((name) => /Ids?$/.test(name)),
    isList: Boolean(answer && 'nextCursor' in (resolved(answer, schemas).properties ?? {})),
  };
}

function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  return schema.$ref ? schemas[schema.$ref.split('/').at(-1)!]! : schema;
}
