import { accessSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import * as ajvFormats from 'ajv-formats';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import {
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiResponse,
  type Schema,
  toJsonSchema,
} from './openapi-document.js';

interface MatchedOperation {
  name: string;
  operation: OpenApiOperation;
}

interface Description {
  readonly document: OpenApiDocument;
  readonly closed: boolean;
  readonly lenient: Ajv;
  readonly strict: Ajv;
}

/**
 * Checks what goes to and fro against the vendor's own OpenAPI file. Every violation is recorded and told to the
 * caller as a text that begins `vendor contract violated:`. It is read, and validators are compiled, when first needed.
 */
export class VendorContract {
  readonly violations: string[] = [];
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly read: () => OpenApiDocument;
  private opened: Description | undefined;

  /** @param source the folder of `<vendor>.json`, or what makes such a description. @throws when there is no such file */
  constructor(
    source: string | (() => OpenApiDocument),
    private readonly vendor: string,
    /** What stands in front of its paths. */
    private readonly base = '',
  ) {
    if (typeof source === 'function') {
      this.read = source;
      return;
    }
    const file = join(source, `${vendor}.json`);
    accessSync(file);
    this.read = () => JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument;
  }

  /** What is wrong with the request, if anything. */
  checkRequest(request: VendorRequest): string | undefined {
    const matched = this.find(request.method, request.path);
    if (!matched) return this.violated(`${request.method} ${request.path} is no operation of ${this.vendor}`);
    const { name, operation } = matched;
    const query = this.check(
      'lenient',
      `${name} query`,
      () => this.querySchema(operation),
      structuredClone({ ...request.query }),
    );
    if (query || request.method === 'GET') return query;
    const { content = {} } = operation.requestBody ?? {};
    const json = content['application/json'];
    const form = content['application/x-www-form-urlencoded'] ?? content['multipart/form-data'];
    if (json) return this.check('strict', `${name} body`, () => json.schema, structuredClone(request.body));
    return form && this.check('lenient', `${name} body`, () => form.schema, structuredClone(request.body));
  }

  /** What is wrong with the answer, if anything. */
  checkAnswer(request: VendorRequest, answer: VendorAnswer): string | undefined {
    const matched = this.find(request.method, request.path);
    const responses = matched?.operation.responses ?? {};
    const response = responses[answer.status] ?? responses['default'];
    const empty = response !== undefined && !response.$ref && !response.content && answer.body === undefined;
    if (empty) return undefined;
    const schema = this.contentOf(response)?.schema;
    if (!matched || !schema) {
      return answer.status < 400 ? this.violated(`status ${answer.status} is not described`) : undefined;
    }
    const whole = answer.status < 400 ? listOrItem(matched.operation, schema) : schema;
    const kind = responses[answer.status] ? String(answer.status) : 'default';
    return this.check('strict', `${matched.name} ${kind}`, () => whole, JSON.parse(JSON.stringify(answer.body)));
  }

  /** What is wrong with something that is described by that name, if anything. */
  checkSchema(name: string, value: object): string | undefined {
    return this.check('strict', name, () => reference(name, this.vendor), structuredClone(value));
  }

  /** What is wrong with the event of a webhook, if anything. */
  checkEvent(event: { data: { object: { object: string } } }): string | undefined {
    const kind = event.data.object.object;
    const schemas = Object.entries(this.description.document.components.schemas);
    const described = schemas.find(([, schema]) => schema['x-resourceId'] === kind);
    if (!described) return this.violated(`there is no object called ${kind}`);
    return (
      this.check('strict', 'event', () => reference('Event', this.vendor), event) ??
      this.check('strict', `event ${kind}`, () => reference(described[0], this.vendor), event.data.object)
    );
  }

  /** Some vendors describe an answer once and name it, and some call every answer a problem. */
  private contentOf(response: OpenApiResponse | undefined): { schema: Schema } | undefined {
    const name = response?.$ref?.split('/').at(-1);
    const { content } = (name ? this.description.document.components.responses?.[name] : response) ?? {};
    return content?.['application/json'] ?? content?.['application/problem+json'];
  }

  /** Most of them are needed by few. */
  private get description(): Description {
    return (this.opened ??= describe(this.read(), this.vendor));
  }

  private find(method: string, path: string): MatchedOperation | undefined {
    for (const [template, methods] of Object.entries(this.description.document.paths)) {
      const operation = methods[method.toLowerCase()];
      if (operation && patternOf(this.base + template).test(path)) return { name: `${method} ${template}`, operation };
    }
    return undefined;
  }

  private querySchema({ parameters = [] }: OpenApiOperation): Schema {
    const known = this.description.document.components.parameters ?? {};
    // Some vendors describe a parameter once and name it.
    const whole = parameters.map((one) => (one.$ref ? known[one.$ref.split('/').at(-1)!]! : one));
    const asked = whole.filter((one) => one.in === 'query');
    return {
      type: 'object',
      properties: Object.fromEntries(asked.map((one) => [one.name, one.schema ?? {}])),
      required: asked.filter((one) => one.required).map((one) => one.name),
      additionalProperties: false,
    };
  }

  private check(how: 'lenient' | 'strict', name: string, schema: () => Schema, value: unknown): string | undefined {
    let validate = this.compiled.get(name);
    if (!validate) {
      const { closed, [how]: ajv } = this.description;
      validate = ajv.compile(absoluteReferences(toJsonSchema(schema(), closed), this.vendor) as Schema);
      this.compiled.set(name, validate);
    }
    if (validate(value)) return undefined;
    const errors = (validate.errors ?? []).slice(0, 5);
    return this.violated(
      `${name}: ${errors.map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`).join('; ')}`,
    );
  }

  private violated(what: string): string {
    const text = `vendor contract violated: ${what}`;
    this.violations.push(text);
    return text;
  }
}

function describe(document: OpenApiDocument, vendor: string): Description {
  const closed = !JSON.stringify(document).includes('"allOf"');
  const all = Object.entries(document.components.schemas);
  const schemas = Object.fromEntries(all.map(([name, one]) => [name, toJsonSchema(one, closed)]));
  const components = { $id: vendor, components: { schemas } };
  // Everything in a form is text, so a request's values are coerced to the types asked for.
  return { document, closed, lenient: newAjv(true).addSchema(components), strict: newAjv(false).addSchema(components) };
}

function newAjv(coerce: boolean): Ajv {
  const ajv = new Ajv({
    strict: false,
    coerceTypes: coerce ? 'array' : false,
    inlineRefs: false,
    logger: false,
    // PayPal's patterns are none in that dialect.
    unicodeRegExp: false,
  });
  ajvFormats.default.default(ajv);
  // Twilio calls its relative paths `uri` too.
  ajv.addFormat('uri', /^(https?:\/)?\/\S+$/);
  ajv.addFormat('date-time-rfc-2822', /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  ajv.addFormat('currency', /^[A-Za-z]{3}$/);
  ajv.addFormat('phone-number', true);
  ajv.addFormat('uri-map', true);
  return ajv;
}

/** A description that was derived from types names the item where the vendor answers a list of them. */
function listOrItem(operation: OpenApiOperation, schema: Schema): Schema {
  if (!/_list/.test(operation.operationId ?? '') || schema['$ref'] === undefined) return schema;
  return {
    type: 'object',
    required: ['object', 'data', 'has_more', 'url'],
    properties: {
      object: { enum: ['list'] },
      data: { type: 'array', items: schema },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
    },
  };
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
}

function reference(name: string, vendor: string): Schema {
  return { $ref: `${vendor}#/components/schemas/${name}` };
}

function absoluteReferences(schema: unknown, vendor: string): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${vendor}#/`));
}
