import Ajv2020Module, { type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Response } from 'supertest';
import type { TestApp } from './app.js';

// Both packages are CommonJS: what TypeScript calls the default is a member of it.
const Ajv2020 = Ajv2020Module.default;
const addFormats = addFormatsModule.default;

interface Answered {
  readonly content?: Record<string, { readonly schema: AnySchema }>;
}

interface Operation {
  readonly operationId?: string;
  readonly responses: Record<string, Answered | undefined>;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

/** The application's OpenAPI document, to hold answers against. */
export interface ApiDocument {
  /** What the document does not say of this answer: nothing, when it is as documented. */
  complaints(operationId: string, answer: Response): string[];
}

export async function openDocument(http: TestApp['http']): Promise<ApiDocument> {
  const { body } = (await http.get('/openapi.json').expect(200)) as { body: Document };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'api', components: { schemas: closed(body.components.schemas) } });
  const operations = new Map(
    Object.values(body.paths)
      .flatMap((path) => Object.values(path))
      .map((operation) => [operation.operationId, operation]),
  );
  return {
    complaints(operationId, { status, headers, body: answer }) {
      const answered = operations.get(operationId)?.responses[status];
      const schema = answered?.content?.[String(headers['content-type']).split(';')[0]!]?.schema;
      if (!schema) return [`${operationId} documents no ${status} of ${headers['content-type']}`];
      const validate: ValidateFunction = ajv.compile(withinApi(schema));
      if (validate(answer)) return [];
      return validate.errors!.map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}

/** What an answer holds beside the document is a leak or an omission; problems alone may add members. */
function closed(schemas: Document['components']['schemas']): Document['components']['schemas'] {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      'properties' in schema && name !== 'ProblemDto' ? { ...schema, additionalProperties: false } : schema,
    ]),
  );
}

function withinApi(schema: AnySchema): AnySchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as AnySchema;
}
