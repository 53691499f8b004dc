import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VendorRequest } from '../http/vendor-call.js';
import { VendorContract } from './vendor-contract.js';

const DOCUMENT = {
  paths: {
    '/v1/things/{id}': {
      post: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['amount'],
                properties: { amount: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
              },
            },
          },
        },
        responses: { '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'owner', 'taken_out'],
        properties: {
          id: { type: 'string' },
          owner: { type: 'string', nullable: true },
          description: { type: 'string' },
        },
      },
    },
  },
};

describe('VendorContract', () => {
  let folder: string;
  let contract: VendorContract;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contract-'));
    writeFileSync(join(folder, 'acme.json'), JSON.stringify(DOCUMENT));
    contract = new VendorContract(folder, 'acme');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const request = (body: VendorRequest['body'], query: VendorRequest['query'] = {}): VendorRequest => ({
    method: 'POST',
    url: '/v1/things/7',
    path: '/v1/things/7',
    params: {},
    headers: {},
    query,
    body,
  });
  const answer = (body: unknown, status = 200): string | undefined =>
    contract.checkAnswer(request({}), { status, body });

  it('takes what keeps to it, form values being text', () => {
    expect(contract.checkRequest(request({ amount: '5', tags: ['a'] }, { limit: '3' }))).toBeUndefined();
    expect(answer({ id: '7', owner: null, description: 'fine' })).toBeUndefined();
    expect(contract.violations).toEqual([]);
  });

  it.each<[string, () => string | undefined]>([
    ['a missing field', () => contract.checkRequest(request({}))],
    ['a word for a number', () => contract.checkRequest(request({ amount: 'five' }))],
    ['a field nobody described', () => contract.checkRequest(request({ amount: '5', colour: 'red' }))],
    ['a query nobody described', () => contract.checkRequest(request({ amount: '5' }, { page: '1' }))],
    ['an unknown path', () => contract.checkRequest({ ...request({}), path: '/v1/others' })],
    ['an answer that lacks a field', () => answer({ id: '7' })],
    ['an answer with a field of its own', () => answer({ id: '7', owner: null, extra: 1 })],
    ['an answer of another type', () => answer({ id: 7, owner: null })],
    ['a status nobody described', () => answer({}, 202)],
  ])('names and records %s', (_what, check) => {
    const before = contract.violations.length;
    expect(check()).toMatch(/^vendor contract violated: /);
    expect(contract.violations).toHaveLength(before + 1);
  });
});
