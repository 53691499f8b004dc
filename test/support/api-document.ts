import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import Ajv2020Module, { type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Response } from 'supertest';
import { apiDocument } from '../../src/platform/http/openapi.js';

// Both packages are CommonJS: what TypeScript calls the default is a member of it.
const Ajv2020 = Ajv2020Module.default;
const addFormats = addFormatsModule.default;

interface Content {
  readonly schema: AnySchema;
  readonly examples?: Readonly<Record<string, unknown>>;
}

interface Answered {
  readonly content?: Readonly<Record<string, Content>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Parameter['schema'] }>> };
  readonly responses: Readonly<Record<string, Answered | { readonly $ref: string }>>;
}

/** An operation and what it takes. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of a body of JSON. */
  readonly bodySchema: Parameter['schema'] | undefined;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Components;
}

type Components = Readonly<Record<'schemas' | 'responses', Readonly<Record<string, object>>>>;

const problemType = 'application/problem+json';

/** The application's OpenAPI document, to hold answers against. */
export class ApiDocument {
  // Most validators see a handful of answers: making them faster takes longer than they run.
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });
  private readonly validators = new Map<AnySchema, ValidateFunction>();
  private readonly routes: readonly Route[];
  private readonly components: Components;

  constructor(app: INestApplication) {
    const { paths, components } = documentOf(app);
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'api', components: { schemas: closed(components.schemas) } });
    this.components = components;
    this.routes = Object.keys(paths)
      .sort(literalFirst)
      .flatMap((path) =>
        Object.entries(paths[path]!)
          .filter(([, operation]) => 'responses' in operation)
          .map(([method, operation]) => ({ method, path, pattern: patternOf(path), operation })),
      );
  }

  get schemas(): Components['schemas'] {
    return this.components.schemas;
  }

  get operations(): DocumentedOperation[] {
    return this.routes.map(({ method, path, operation }) => ({
      id: operation.operationId,
      method,
      path,
      parameters: operation.parameters ?? [],
      bodySchema: operation.requestBody?.content['application/json']?.schema,
    }));
  }

  /** What the document does not say of this answer: nothing, when it is as documented. */
  complaints(method: string, path: string, answer: Response): string[] {
    const operation = this.operationOf(method, path);
    if (!operation) return isOfApi(path) ? this.unlessRefused(answer) : [];
    const documented = this.documented(operation, answer.status);
    if (!documented) return [`${operation.operationId} documents no ${answer.status}`];
    const types = Object.keys(documented.content ?? {});
    const type = typeOf(answer);
    const content = documented.content?.[type];
    if (content) return [...this.schemaComplaints(content.schema, answer.body), ...strangeCode(content, answer)];
    if (types.length === 0 && (answer.text ?? '') === '') return [];
    return [`${operation.operationId} documents ${types.join(' or ') || 'no body'} for ${answer.status}, not ${type}`];
  }

  operationOf(method: string, path: string): Operation | undefined {
    return this.routes.find((route) => route.method === method.toLowerCase() && route.pattern.test(path))?.operation;
  }

  private documented({ responses }: Operation, status: number): Answered | undefined {
    const response = responses[status];
    return response && '$ref' in response
      ? this.components.responses[response.$ref.slice('#/components/responses/'.length)]
      : response;
  }

  private schemaComplaints(schema: AnySchema, body: unknown): string[] {
    const known = this.validators.get(schema);
    const validate = known ?? this.ajv.compile(withinApi(schema));
    if (!known) this.validators.set(schema, validate);
    if (typeof schema === 'object' && schema['type'] === 'string') return [];
    if (validate(body)) return [];
    return validate.errors!.map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** An address that nobody documents is refused like any other. */
  private unlessRefused(answer: Response): string[] {
    if (answer.status < 400 || answer.status >= 500) return [`an undocumented operation answers ${answer.status}`];
    if (typeOf(answer) !== problemType) return [`an unknown address is refused by ${typeOf(answer)}`];
    return this.schemaComplaints({ $ref: '#/components/schemas/ProblemDto' }, answer.body);
  }
}

/** As a client reads it; written once a run of tests, for it is the same whatever an application is set to. */
function documentOf(app: INestApplication): Document {
  const file = join(process.env['TEST_RUN_FOLDER']!, 'openapi.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Document;
  } catch {
    const text = JSON.stringify(apiDocument(app));
    // Another worker may be at it too: whole files only.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
    return JSON.parse(text) as Document;
  }
}

function typeOf({ headers }: Response): string {
  return String(headers['content-type']).split(';')[0]!;
}

/** Each refusal is documented by its code. */
function strangeCode({ examples = {} }: Content, answer: Response): string[] {
  const { code } = answer.body as { code?: string };
  if (typeOf(answer) !== problemType || Object.hasOwn(examples, String(code))) return [];
  const known = Object.keys(examples).join(', ');
  return [`refuses by ${code}, which is not among \`problems\` of its @Operation(); documented are ${known}`];
}

/** `/students/me` before `/students/{studentId}`. */
function literalFirst(one: string, other: string): number {
  return one.split('{').length - other.split('{').length;
}

function patternOf(path: string): RegExp {
  const segments = path.split('/').map((each) => (each.startsWith('{') ? '[^/]+' : each.replaceAll('.', '\\.')));
  return new RegExp(`^${segments.join('/')}$`);
}

function isOfApi(path: string): boolean {
  return ['/v1/', '/partner/', '/webhooks/', '/health/'].some((prefix) => path.startsWith(prefix));
}

/** What an answer holds beside the document is a leak or an omission. */
function closed(schemas: Components['schemas']): Components['schemas'] {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      'properties' in schema ? { additionalProperties: false, ...schema } : schema,
    ]),
  );
}

function withinApi(schema: AnySchema): AnySchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as AnySchema;
}
