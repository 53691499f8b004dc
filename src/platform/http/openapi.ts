import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiExamples, withExamples } from './api-examples.js';
import { withProblems } from './documented-problems.js';
import { idempotencyKeyParameter, withIdempotencyKey } from './idempotency/documented-key.js';

const description = `The backend that Danish driving schools run on.

Sign in with \`POST /v1/auth/login\`, press **Authorize** and paste the access token. Everything of a school lives under
\`/v1/schools/{schoolId}\`. Times are ISO 8601 with offset, money is integer minor units with its currency, lists are paged by
cursor. A POST that carries an \`Idempotency-Key\` is done once, however often it is sent. Every refusal is problem details
(RFC 9457) with a stable \`code\`, in Danish or English by \`Accept-Language\`.`;

type PathItem = OpenAPIObject['paths'][string];

/** The OpenAPI 3.1 document of the application. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Just Driving')
    .setDescription(description)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The accessToken of POST /v1/auth/login.' },
      'bearer',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      withSchool(path, withIdempotencyKey(withoutFilterExamples(withSecurity(item)))),
    ]),
  );
  const components = { ...document.components, parameters: { IdempotencyKey: idempotencyKeyParameter } };
  return withProblems({ ...document, paths, components, tags: tagsOf(document) });
}

// The guard reads the school from the path: it is described once a path, whether a method declares it or not.
function withSchool(path: string, item: PathItem): PathItem {
  if (!path.includes('{schoolId}')) return item;
  for (const operation of operationsOf(item)) {
    operation.parameters = operation.parameters?.filter((each) => !('name' in each && each.name === 'schoolId'));
  }
  const school = {
    name: 'schoolId',
    in: 'path' as const,
    required: true,
    description: 'Id of the school.',
    schema: { type: 'string', format: 'uuid' },
  };
  return { ...item, parameters: [school] };
}

// A public operation says so: an empty list is "no sign-in needed", a missing one would be forgotten.
function withSecurity(item: PathItem): PathItem {
  for (const operation of operationsOf(item)) operation.security ??= [];
  return item;
}

// Swagger UI fills an example in for every parameter; of an optional one that would be a filter nobody asked for.
function withoutFilterExamples(item: PathItem): PathItem {
  for (const parameter of operationsOf(item).flatMap(({ parameters }) => parameters ?? [])) {
    if ('schema' in parameter && parameter.in === 'query' && !parameter.required && parameter.schema)
      delete (parameter.schema as { example?: unknown }).example;
  }
  return item;
}

function tagsOf(document: OpenAPIObject): { name: string }[] {
  const names = Object.values(document.paths)
    .flatMap(operationsOf)
    .flatMap(({ tags }) => tags ?? []);
  return [...new Set(names)].sort().map((name) => ({ name }));
}

function operationsOf(item: PathItem) {
  return [item.get, item.put, item.post, item.patch, item.delete].filter((operation) => operation !== undefined);
}

/**
 * Serves the document at /openapi.json, and Swagger UI at /docs, there with examples that work on this installation.
 * The document is made when first asked for.
 */
export function serveApiDocument(app: INestApplication): void {
  const examples = app.get(ApiExamples);
  SwaggerModule.setup('docs', app, () => apiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Just Driving API',
    swaggerOptions: {
      persistAuthorization: true,
      deepLinking: true,
      displayRequestDuration: true,
      docExpansion: 'none',
      tagsSorter: 'alpha',
    },
    patchDocumentOnRequest: async (request: unknown, _reply: unknown, document) =>
      (request as FastifyRequest).url.startsWith('/docs') ? withExamples(document, await examples.values()) : document,
  });
}
