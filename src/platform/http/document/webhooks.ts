import type { OpenAPIObject } from '@nestjs/swagger';
import { type Operation } from './operations.js';

/** Something that is posted to addresses which callers subscribe. */
export interface ApiWebhook {
  /** `booking.created` */
  readonly type: string;
  readonly summary: string;
  /** JSON Schema of the body. */
  readonly schema: object;
  readonly example: object;
}

/** What the document says of webhooks; the application knows what its modules tell. */
export abstract class ApiWebhooks {
  abstract readonly all: readonly ApiWebhook[];
  /** The topic that they stand under. */
  abstract readonly topic: string;
}

const description =
  'Signed by Standard Webhooks: verify the raw body before anything else, and do nothing for a `webhook-id` that you have had. ' +
  'Anything but a 2xx is a failure, and is tried again with growing pauses.';

const header = (name: string, says: string, example: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description: says,
  schema: { type: 'string' as const, example },
});

const headers = [
  header('webhook-id', 'The message’s own, the same at each repeat.', '01a1fd8e-4324-7c71-983c-d87a6a75e943'),
  header('webhook-timestamp', 'When it was signed, in seconds since 1970.', '1795255200'),
  header(
    'webhook-signature',
    'One or more signatures with spaces between; one of them must be right.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

/** The document with its `webhooks`, and the schemas of their bodies. */
export function withWebhooks(document: OpenAPIObject, { all, topic }: ApiWebhooks): OpenAPIObject {
  const schemas = Object.fromEntries(all.map(({ type, schema }) => [schemaName(type), schema]));
  const webhooks = Object.fromEntries(
    all.map((webhook) => [kebabCase(webhook.type), { post: operationOf(webhook, topic) }]),
  );
  const components = { ...document.components, schemas: { ...document.components?.schemas, ...schemas } };
  return { ...document, webhooks, components };
}

function operationOf({ type, summary, example }: ApiWebhook, topic: string): Operation {
  const schema = { $ref: `#/components/schemas/${schemaName(type)}` };
  const posted = {
    operationId: `${camelCase(type)}Webhook`,
    summary,
    description,
    tags: [topic],
    security: [],
    'x-public': 'it is posted by us, and known by its signature',
    parameters: headers,
    requestBody: { required: true, content: { 'application/json': { schema, example } } },
    responses: { default: { description: 'A 2xx: taken. Anything else: it comes again. What it says is not read.' } },
  };
  return posted;
}

function schemaName(type: string): string {
  const name = camelCase(type);
  return `${name[0]!.toUpperCase()}${name.slice(1)}Webhook`;
}

/** `booking.no_show`: bookingNoShow */
function camelCase(type: string): string {
  return type.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(type: string): string {
  return type.replaceAll(/[._]/g, '-');
}
