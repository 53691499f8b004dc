import { HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { asProblem } from './as-problem.js';
import { problemBody } from './problem-body.js';
import { Conflict } from './problem.js';

class Taken extends Conflict {
  constructor() {
    super(
      'thing.taken',
      { en: 'It is taken.', da: 'Den er optaget.' },
      { extra: { alternatives: [1], status: 200, code: 'x' }, field: 'startsAt' },
    );
  }
}

const context = { language: 'da', path: '/v1/things', correlationId: 'abc' } as const;

describe('what an error means to the caller', () => {
  it.each([
    [new NotFoundException(), 404, 'route.not_found'],
    [new HttpException('no', 400), 400, 'request.malformed'],
    [new HttpException('much', 413), 413, 'request.too_large'],
    [new HttpException('what', 415), 415, 'request.unsupported_media_type'],
    [Object.assign(new Error('deadlock'), { errno: 1213 }), 503, 'service.busy'],
    [new Error('wrapped', { cause: Object.assign(new Error('lock wait'), { errno: 1205 }) }), 503, 'service.busy'],
    [Object.assign(new Error('no database'), { code: 'ECONNREFUSED' }), 503, 'service.busy'],
    [Object.assign(new Error("Duplicate entry 'x'"), { errno: 1062 }), 500, 'internal'],
    [new TypeError('x is undefined'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
  ])('%p → %i %s', (error, status, code) => {
    expect(asProblem(error)).toMatchObject({ status, code });
  });

  it('says nothing of the inside', () => {
    const body = problemBody(asProblem(new Error('select secret from table')), { ...context, language: 'en' });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('asks for a repeat when the database is busy', () => {
    expect(asProblem(Object.assign(new Error(), { errno: 1213 })).retryAfterSeconds).toBe(1);
  });

  it('gives a problem’s own members, which cannot replace the standard ones', () => {
    expect(problemBody(new Taken(), context)).toEqual({
      type: '/problems/thing.taken',
      title: 'Conflict',
      status: 409,
      detail: 'Den er optaget.',
      instance: '/v1/things',
      code: 'thing.taken',
      correlationId: 'abc',
      errors: [{ field: 'startsAt', message: 'Den er optaget.' }],
      alternatives: [1],
    });
  });
});
