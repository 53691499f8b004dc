/** What the sandbox reads of a vendor's OpenAPI 3.0 file. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, OpenApiResponse>;
    parameters?: Record<string, OpenApiParameter>;
  };
}

export interface OpenApiParameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}

export interface OpenApiOperation {
  operationId?: string;
  parameters?: OpenApiParameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, OpenApiResponse>;
}

export interface OpenApiResponse {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

export type Schema = { [keyword: string]: unknown };

/** Annotations, and keywords of OpenAPI that JSON Schema does not know. */
const DROPPED = new Set(['example', 'examples', 'description', 'nullable', 'encoding', 'discriminator', 'xml']);

/**
 * Turns OpenAPI 3.0 schemas into JSON Schema: `nullable` becomes a type, and an object that lists its properties is
 * closed, so that a field nobody ever described is found too; unless objects are composed of parts, none of which is whole.
 */
export function toJsonSchema(schema: unknown, closed = true): unknown {
  if (Array.isArray(schema)) return schema.map((one) => toJsonSchema(one, closed));
  if (typeof schema !== 'object' || schema === null) return schema;
  const source = schema as Schema;
  const result: Schema = {};
  for (const [keyword, value] of Object.entries(source)) {
    if (DROPPED.has(keyword) || keyword.startsWith('x-')) continue;
    // An empty choice comes of a type that has no JSON form, and would refuse everything.
    if (keyword === 'anyOf' && Array.isArray(value) && value.length === 0) continue;
    // Alternatives that leave each other's fields open fit several at once.
    result[keyword === 'oneOf' && !closed ? 'anyOf' : keyword] = convertKeyword(keyword, value, closed);
  }
  const properties = source['properties'] as Schema | undefined;
  if (closed && properties && source['additionalProperties'] === undefined) {
    result['additionalProperties'] = false;
    // A field that the vendor took out and still requires could be given by nobody.
    const required = source['required'] as string[] | undefined;
    if (required) result['required'] = required.filter((name) => name in properties);
  }
  return source['nullable'] === true ? { anyOf: [result, { type: 'null' }] } : result;
}

function convertKeyword(keyword: string, value: unknown, closed: boolean): unknown {
  if (keyword === 'enum' || keyword === 'required') return value;
  if (keyword !== 'properties') return toJsonSchema(value, closed);
  // Names of properties are no keywords: one may well be called `description`.
  const properties = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(properties.map(([name, schema]) => [name, toJsonSchema(schema, closed)]));
}
