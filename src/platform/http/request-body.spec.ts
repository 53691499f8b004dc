import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { HttpAdapter } from './application.js';
import { limitBodies, ReadsBody } from './request-body.js';

@Controller()
class Imports {
  @Post('imports')
  @ReadsBody({ mediaType: 'text/csv', maxMebibytes: 2 })
  take(@Body() csv: Buffer): { bytes: number } {
    return { bytes: csv.length };
  }

  @Post('things')
  add(@Body() body: object): object {
    return body;
  }
}

@Module({ controllers: [Imports] })
class ImportsModule {}

describe('bodies', () => {
  let app: NestFastifyApplication;
  let http: ReturnType<typeof supertest>;

  beforeAll(async () => {
    const testing = await Test.createTestingModule({ imports: [ImportsModule] }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new HttpAdapter(), { rawBody: true });
    limitBodies(app.getHttpAdapter().getInstance());
    await app.listen(0, '127.0.0.1');
    http = supertest(app.getHttpServer());
  });
  afterAll(() => app.close());

  it('are read as bytes where a route says so, up to its own limit', async () => {
    const send = (size: number) => http.post('/imports').type('text/csv; charset=utf-8').send('x'.repeat(size));
    const { body } = await send(1_500_000).expect(201);
    expect(body).toEqual({ bytes: 1_500_000 });
    await send(2_200_000).expect(413);
  });

  it('are of the media type that the route reads, and no other', async () => {
    await http.post('/imports').send({ a: 1 }).expect(415);
    await http.post('/things').type('text/csv').send('a;b').expect(415);
    await http.post('/things').send({ a: 1 }).expect(201, { a: 1 });
  });

  it('keep the usual limit everywhere else', async () => {
    await http
      .post('/things')
      .send({ a: 'x'.repeat(1_100_000) })
      .expect(413);
  });
});
