import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Admission } from '../../auth/admission.js';
import type { PermissionCatalogue } from '../../auth/access-directory.js';
import { Conflict } from '../problem.js';
import { accessExtension, describeAccess } from './access.js';
import { withBodyExamples } from './body-examples.js';
import type { Answer, Described } from './operations.js';
import { describeProblems, problemResponse } from './problems.js';

class Taken extends Conflict {
  constructor() {
    super('thing.taken', { en: 'Somebody was faster.', da: 'En anden var hurtigere.' });
  }
}

function operation(parts: object): Described {
  return { method: 'post', path: '/things/{id}', operation: { responses: {}, ...parts } };
}

describe('who may use an operation', () => {
  const catalogue = { grantees: () => ['owner', 'partner'] } as unknown as PermissionCatalogue;

  it('is said to programs and to people', () => {
    const described = operation({ description: 'Makes it.', [accessExtension]: { permission: 'thing.make' } });
    describeAccess(described, catalogue);
    expect(described.operation).toEqual({
      responses: {},
      description: 'Makes it.\n\nNeeds the permission `thing.make`: owner, API keys with that scope.',
      'x-permission': 'thing.make',
      'x-roles': ['owner', 'partner'],
    });
  });

  it('is nobody in particular where the route says why', () => {
    const described = operation({ [accessExtension]: { public: 'monitors ask' } });
    describeAccess(described, catalogue);
    expect(described.operation).toMatchObject({
      'x-public': 'monitors ask',
      description: 'Needs no sign-in: monitors ask.',
    });
  });
});

describe('what an operation refuses', () => {
  const shared: Record<string, Answer> = {};
  const described = operation({ security: [{ bearer: [] }], responses: { 409: problemResponse(409, [new Taken()]) } });
  describeProblems(described, shared, { refusals: () => [] } as unknown as Admission);
  const { responses } = described.operation;

  it('is its own, and what happens around it', () => {
    const examples = (responses[409] as ReturnType<typeof problemResponse>).content['application/problem+json']
      ?.examples;
    expect(Object.keys(examples ?? {})).toEqual(['thing.taken', 'idempotency.in_flight']);
    expect(examples?.['thing.taken']).toMatchObject({ summary: 'Somebody was faster.', value: { status: 409 } });
  });

  it('is described once where it is no other than everywhere', () => {
    expect(responses[401]).toEqual({ $ref: '#/components/responses/SignInRequired' });
    expect(shared['SignInRequired']).toMatchObject({ description: 'Unauthorized' });
  });
});

describe('the example of a body', () => {
  it('is made of those of its fields', () => {
    const schemas = {
      Page: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } } },
      Thing: {
        type: 'object',
        properties: {
          name: { type: 'string', example: 'Bil' },
          state: { allOf: [{ $ref: '#/components/schemas/State' }] },
          size: { type: 'integer', default: 50 },
          secret: { type: 'string' },
        },
      },
      State: { type: 'string', enum: ['open', 'closed'] },
    };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } };
    const paths = { '/things': { get: { responses: { 200: { description: 'OK', content } } } } };
    const made = withBodyExamples({ paths, components: { schemas } } as unknown as OpenAPIObject);
    expect(made.paths['/things']?.get?.responses[200]).toMatchObject({
      content: { 'application/json': { example: { items: [{ name: 'Bil', state: 'open', size: 50 }] } } },
    });
  });
});
