import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { withExamples } from './api-examples.js';

const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/s/{schoolId}': {
      parameters: [{ name: 'schoolId', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        parameters: [{ name: 'teacherId', in: 'query', required: false, schema: { type: 'string' } }],
        responses: {},
      },
    },
  },
  components: {
    schemas: {
      BookDto: {
        type: 'object',
        properties: { teacherId: { type: 'string', example: 'x' }, note: { type: 'string' } },
      },
    },
  },
} as unknown as OpenAPIObject;

describe('withExamples', () => {
  const filled = withExamples(document, { schoolId: 'S', teacherId: 'T' }) as unknown as Record<
    string,
    Record<string, Record<string, never>>
  >;

  it('fills in required parameters and fields, by name', () => {
    expect(filled['paths']?.['/s/{schoolId}']?.['parameters']).toEqual([
      { name: 'schoolId', in: 'path', required: true, schema: { type: 'string', example: 'S' } },
    ]);
    expect(filled['components']?.['schemas']?.['BookDto']).toEqual({
      type: 'object',
      properties: { teacherId: { type: 'string', example: 'T' }, note: { type: 'string' } },
    });
  });

  it('leaves filters empty, and the original alone', () => {
    expect(JSON.stringify(filled['paths'])).not.toContain('"T"');
    expect(JSON.stringify(document)).not.toContain('"S"');
  });
});
