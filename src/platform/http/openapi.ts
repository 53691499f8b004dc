import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PermissionCatalogue } from '../auth/access-directory.js';
import { Admission } from '../auth/admission.js';
import { ApiExamples, withExamples } from './api-examples.js';
import { describeConditions } from './conditional/documented-conditions.js';
import { describeAccess } from './document/access.js';
import { withBodyExamples } from './document/body-examples.js';
import { describeHeaders, headerComponents } from './document/headers.js';
import { type Answer, type Described, operationsOf } from './document/operations.js';
import { describeProblems } from './document/problems.js';
import { ApiTopics } from './document/topics.js';
import { ApiWebhooks, withWebhooks } from './document/webhooks.js';
import { ProblemDto } from './problem.dto.js';
import { describeIdempotencyKey, idempotencyKeyParameter } from './idempotency/documented-key.js';

const description = `The backend that Danish driving schools run on.

**To call it from this page**

1. Open **Signing in → Sign in with e-mail and password**, fill in your own (on a laptop one of those that \`npm start\` prints), and press **Execute**.
2. Copy the \`accessToken\` of the answer, press **Authorize** above, paste it and close. It works for 15 minutes, here and after a reload.
3. Open any operation and press **Execute**. Each says who may use it. Your schools and their ids: **Who am I, and in which schools?**

**What holds everywhere**

- Everything of a school lives under \`/v1/schools/{schoolId}\`. Another school’s things do not exist: 404.
- Times are ISO 8601 with offset; money is integer minor units with its currency (\`65000\` is 650,00 kr.).
- Lists are paged: pass \`nextCursor\` of one page as \`cursor\` of the next.
- A POST that carries an \`Idempotency-Key\` is done once, however often it is sent.
- Every refusal is problem details (RFC 9457) with a stable \`code\`, in Danish or English by \`Accept-Language\`.`;

/** The OpenAPI 3.1 document of the application. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, documentBase(app));
  const catalogue = app.get(PermissionCatalogue);
  const admission = app.get(Admission);
  const responses: Record<string, Answer> = {};
  for (const described of operationsOf(document)) {
    // A public operation says so: an empty list is "no sign-in needed", a missing one would be forgotten.
    described.operation.security ??= [];
    describeAccess(described, catalogue);
    describeIdempotencyKey(described);
    describeConditions(described, responses);
    describeProblems(described, responses, admission);
    describeHeaders(described, responses);
    withoutFilterExamples(described);
  }
  // Each problem may add members of its own, such as `alternatives`.
  Object.assign(document.components?.schemas?.[ProblemDto.name] ?? {}, { additionalProperties: true });
  const parameters = { IdempotencyKey: idempotencyKeyParameter };
  const components = { ...document.components, parameters, responses, headers: headerComponents };
  const complete = withBodyExamples({ ...document, paths: withSchool(document.paths), components });
  return withWebhooks(complete, app.get(ApiWebhooks));
}

function documentBase(app: INestApplication): Omit<OpenAPIObject, 'paths'> {
  const bearer = 'The `accessToken` that **Sign in with e-mail and password** answers, or an API key of a school.';
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Just Driving')
    .setDescription(description)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: bearer }, 'bearer');
  for (const topic of app.get(ApiTopics).all) builder.addTag(topic.name, topic.description);
  return builder.build();
}

// The guard reads the school from the path: it is described once a path, whether a method declares it or not.
function withSchool(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  for (const { path, operation } of operationsOf({ paths })) {
    operation.parameters = operation.parameters?.filter((each) => !('name' in each && each.name === 'schoolId'));
    if (path.includes('{schoolId}')) paths[path]!.parameters = [schoolParameter];
  }
  return paths;
}

const schoolParameter = {
  name: 'schoolId',
  in: 'path' as const,
  required: true,
  description: 'Id of the school.',
  schema: { type: 'string', format: 'uuid' },
};

// Swagger UI fills an example in for every parameter; of an optional one that would be a filter nobody asked for.
function withoutFilterExamples({ operation }: Described): void {
  for (const parameter of operation.parameters ?? []) {
    if ('schema' in parameter && parameter.in === 'query' && !parameter.required && parameter.schema)
      delete (parameter.schema as { example?: unknown }).example;
  }
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
      tryItOutEnabled: true,
      filter: true,
      defaultModelsExpandDepth: -1,
    },
    patchDocumentOnRequest: async (request: unknown, _reply: unknown, document) =>
      (request as FastifyRequest).url.startsWith('/docs')
        ? withBodyExamples(withExamples(document, await examples.values()))
        : document,
  });
}
