import type { OpenAPIObject } from '@nestjs/swagger';

/** Names of parameters and fields, with a value that works here. */
export type ExampleValues = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What the interactive documentation fills in, so that its calls run as they stand. */
export abstract class ApiExamples {
  /** Nothing where there is no demo school. */
  abstract values(): Promise<ExampleValues>;
}

/** A copy of the document with these values as examples of what bears their names. */
export function withExamples(document: OpenAPIObject, values: ExampleValues): OpenAPIObject {
  return filled(document, values) as OpenAPIObject;
}

function filled(node: unknown, values: ExampleValues): unknown {
  if (Array.isArray(node)) return node.map((each) => filled(each, values));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, each]) => [key, filled(each, values)]),
  );
  if (isRequiredParameter(copy)) copy['schema'] = exemplified(copy.name, copy['schema'], values);
  if (isRecord(copy['properties'])) {
    copy['properties'] = Object.fromEntries(
      Object.entries(copy['properties']).map(([name, schema]) => [name, exemplified(name, schema, values)]),
    );
  }
  return copy;
}

function exemplified(name: string, schema: unknown, values: ExampleValues): unknown {
  const example = values[name];
  return example !== undefined && isRecord(schema) ? { ...schema, example } : schema;
}

function isRequiredParameter(node: Record<string, unknown>): node is Record<string, unknown> & { name: string } {
  return typeof node['name'] === 'string' && typeof node['in'] === 'string' && node['required'] === true;
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
