import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './operations.js';

type Schema = Readonly<Record<string, unknown>>;
type Content = Record<string, { schema?: unknown; example?: unknown }>;

/** Gives each JSON body an example, composed of the examples of its fields; a copy of the document. */
export function withBodyExamples(document: OpenAPIObject): OpenAPIObject {
  const copy = structuredClone(document);
  for (const { operation } of operationsOf(copy)) {
    for (const body of [operation.requestBody, ...Object.values(operation.responses)]) {
      const { content } = (body ?? {}) as { content?: Content };
      const media = content?.['application/json'];
      if (media) media.example = exampleOf((media.schema ?? {}) as Schema, copy);
    }
  }
  return copy;
}

function exampleOf(schema: Schema, document: OpenAPIObject): unknown {
  if (schema['example'] !== undefined) return schema['example'];
  if (typeof schema['$ref'] === 'string') return exampleOf(referred(schema['$ref'], document), document);
  if (schema['default'] !== undefined) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const [variant] = [schema['allOf'], schema['anyOf'], schema['oneOf']].flatMap((each) => (each ?? []) as Schema[]);
  if (variant) return exampleOf(variant, document);
  if (schema['type'] === 'array') return [exampleOf((schema['items'] ?? {}) as Schema, document)];
  return schema['type'] === 'object' ? exampleOfFields(schema, document) : undefined;
}

function exampleOfFields(schema: Schema, document: OpenAPIObject): unknown {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const examples = fields.map(([name, field]) => [name, exampleOf(field, document)] as const);
  return Object.fromEntries(examples.filter(([, example]) => example !== undefined));
}

function referred(reference: string, { components }: OpenAPIObject): Schema {
  const name = reference.slice('#/components/schemas/'.length);
  return (components?.schemas?.[name] ?? {}) as Schema;
}
