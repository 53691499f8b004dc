import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as models from 'xero-node/dist/gen/model/accounting/models.js';
import type { OpenApiDocument, OpenApiOperation, OpenApiParameter, Schema } from '../vendor-specs/openapi-document.js';

interface Model {
  readonly attributeTypeMap?: readonly { readonly baseName: string; readonly type: string }[];
}

const plain = new Set(['string', 'number', 'boolean']);

/** Xero's description, and of what is not in it the models that Xero made its own SDK of. */
export function xeroDescription(folder: string): OpenApiDocument {
  const file = JSON.parse(readFileSync(join(folder, 'xero-accounting.json'), 'utf8')) as OpenApiDocument;
  const { paths, components } = file;
  const files = ['Invoices', 'CreditNotes', 'ManualJournals'].map(attachmentsOf);
  const written = ['ManualJournals', 'BankTransactions'].map(writtenAt);
  return {
    paths: { ...Object.assign({}, ...files, ...written), ...paths },
    components: { ...components, schemas: { ...schemasOfModels(), ...components.schemas } },
  };
}

function schemasOfModels(): Record<string, Schema> {
  const described = Object.entries(models as Record<string, Model>).flatMap(([name, { attributeTypeMap: fields }]) => {
    if (!fields) return [];
    const properties = Object.fromEntries(fields.map(({ baseName, type }) => [baseName, schemaOf(type)]));
    return [[name, { type: 'object', properties }] as const];
  });
  return Object.fromEntries(described);
}

function schemaOf(type: string): Schema {
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item) return { type: 'array', items: schemaOf(item) };
  if (plain.has(type)) return { type };
  const model = (models as Record<string, Model>)[type];
  // An enumeration or a date: text.
  return model?.attributeTypeMap ? { $ref: `#/components/schemas/${type}` } : { type: 'string' };
}

function writtenAt(name: string): OpenApiDocument['paths'] {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
  const answer = { responses: { 200: { content } } };
  return {
    [`/${name}`]: {
      get: { ...asked('where', 'page', 'pageSize'), ...answer },
      put: { ...asked('summarizeErrors'), requestBody: { content }, ...answer },
    },
  };
}

function attachmentsOf(name: string): OpenApiDocument['paths'] {
  const Attachments = { type: 'array', items: { $ref: '#/components/schemas/Attachment' } };
  const schema = { type: 'object', properties: { Attachments }, required: ['Attachments'] };
  const answer = { responses: { 200: { content: { 'application/json': { schema } } } } };
  return {
    [`/${name}/{id}/Attachments`]: { get: answer },
    [`/${name}/{id}/Attachments/{FileName}`]: { put: { ...asked('IncludeOnline'), ...answer } },
  };
}

function asked(...names: string[]): Pick<OpenApiOperation, 'parameters'> {
  return { parameters: names.map((name): OpenApiParameter => ({ name, in: 'query', schema: {} })) };
}
