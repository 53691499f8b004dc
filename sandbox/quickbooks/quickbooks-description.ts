import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiDocument, OpenApiOperation, Schema } from '../vendor-specs/openapi-document.js';
import { ENTITIES } from './quickbooks-company.js';
import { XsdSchemas } from '../vendor-specs/xsd-schemas.js';

const company = '/v3/company/{realm}';
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties });

/** Intuit describes its objects in XSD alone, which its JSON mirrors; what is done with them is told in words. */
export function quickbooksDescription(folder: string): OpenApiDocument {
  const files = readdirSync(folder).filter((name) => name.endsWith('.xsd'));
  const xsd = new XsdSchemas(files.map((name) => readFileSync(join(folder, name), 'utf8')));
  const held = new Set<string>(ENTITIES);
  const objects = xsd.substitutesOf('IntuitObject').filter(([name]) => held.has(name));
  const time = { type: 'string' };
  const paging = {
    startPosition: { type: 'integer' },
    maxResults: { type: 'integer' },
    totalCount: { type: 'integer' },
  };
  const lists = objects.map(([name, type]) => [name, { type: 'array', items: named(type) }] as const);
  const found = object({ QueryResponse: object({ ...Object.fromEntries(lists), ...paging }), time });
  const one = (name: string, type = name) => object({ [name]: named(type), time });
  const uploaded = object({ AttachableResponse: { type: 'array', items: named('AttachableResponse') }, time });
  const creates = objects.map(([name, type]) => [
    `${company}/${name.toLowerCase()}`,
    { post: { ...asked('requestid'), requestBody: json(named(type)), ...answered(one(name, type)) } },
  ]);
  return {
    paths: {
      ...Object.fromEntries(creates),
      [`${company}/query`]: { get: { ...asked('query'), ...answered(found) } },
      [`${company}/companyinfo/{id}`]: { get: { ...asked(), ...answered(one('CompanyInfo')) } },
      [`${company}/preferences`]: { get: { ...asked(), ...answered(one('Preferences')) } },
      [`${company}/upload`]: { post: { ...asked('requestid'), ...answered(uploaded) } },
    },
    components: { schemas: xsd.all() },
  };
}

function asked(...names: string[]): Pick<OpenApiOperation, 'parameters'> {
  const schema = { type: 'string' };
  return { parameters: [...names, 'minorversion'].map((name) => ({ name, in: 'query', required: true, schema })) };
}

function answered(schema: Schema): Pick<OpenApiOperation, 'responses'> {
  return {
    responses: { 200: json(schema), default: json(object({ Fault: named('Fault'), time: { type: 'string' } })) },
  };
}
