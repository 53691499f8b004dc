import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

interface Schema {
  required?: string[];
  properties: Record<string, object>;
}
interface Document {
  paths: Record<string, Record<string, object>>;
  components: { schemas: Record<string, Schema> };
}

const lessonType = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const state = { enum: ['open', 'closed'] };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const released = {
  openapi: '3.1.0',
  info: { title: 'Just Driving', version: '1' },
  paths: {
    '/v1/lesson-types': {
      get: { responses: { 200: { description: 'all', ...json({ $ref: '#/components/schemas/Answer' }) } } },
      post: {
        requestBody: json({ $ref: '#/components/schemas/LessonType' }),
        responses: { 204: { description: 'kept' } },
      },
    },
  },
  components: {
    schemas: { LessonType: lessonType, Answer: { ...lessonType, properties: { name: { type: 'string' }, state } } },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jd-breaking-'));
  mkdirSync(join(folder, 'docs'));
  write('openapi.json', released);
  write('docs/api-breaks.json', {});
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('tag', 'v1.0.0');
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(file: string, value: object): void {
  writeFileSync(join(folder, file), JSON.stringify(value));
}

/** What the gate says of a document that was changed. */
function verdict(change: (document: Document) => void, declared: object = {}): { status: number | null; said: string } {
  const document = JSON.parse(JSON.stringify(released)) as Document;
  change(document);
  write('openapi.json', document);
  write('docs/api-breaks.json', declared);
  const { status, stderr } = spawnSync('node', [resolve('scripts/check-breaking.mjs'), folder], { encoding: 'utf8' });
  return { status, said: stderr };
}

it('lets the API grow', () => {
  const grown = verdict(({ paths, components: { schemas } }) => {
    paths['/v1/vehicles'] = { get: { responses: { 204: { description: 'none' } } } };
    schemas['Answer']!.properties['minutes'] = { type: 'integer' };
    schemas['Answer']!.properties['state'] = { enum: [...state.enum, 'archived'] };
    schemas['LessonType']!.properties['minutes'] = { type: 'integer' };
  });
  expect(grown).toEqual({ status: 0, said: '' });
});

it('refuses what breaks clients, unless it is declared', () => {
  const { status, said } = verdict(({ paths }) => delete paths['/v1/lesson-types']!['get']);
  expect([status, said]).toEqual([1, expect.stringContaining('remove /v1/lesson-types › get')]);
  const asked = verdict(({ components: { schemas } }) => {
    schemas['LessonType']!.properties['minutes'] = { type: 'integer' };
    schemas['LessonType']!.required!.push('minutes');
  });
  expect([asked.status, asked.said]).toEqual([1, expect.stringContaining('required')]);
  const counted = verdict(
    ({ components: { schemas } }) => (schemas['Answer']!.properties['name'] = { type: 'integer' }),
  );
  expect([counted.status, counted.said]).toEqual([1, expect.stringContaining('name › type')]);
  const taken = verdict(({ components: { schemas } }) => {
    delete schemas['Answer']!.properties['name'];
    schemas['Answer']!.required = [];
  });
  expect([taken.status, taken.said]).toEqual([1, expect.stringContaining('responses › 200')]);
  const declared = { 'remove /v1/lesson-types › get': 'nobody called it' };
  expect(verdict(({ paths }) => delete paths['/v1/lesson-types']!['get'], declared)).toEqual({ status: 0, said: '' });
  expect(verdict(() => undefined, declared)).toMatchObject({
    status: 1,
    said: expect.stringMatching(/nothing of the kind/),
  });
});

it('is told why of each change that is declared', () => {
  const declared = JSON.parse(readFileSync('docs/api-breaks.json', 'utf8')) as object;
  expect(Object.values(declared).every((why) => typeof why === 'string' && why.length > 0)).toBe(true);
});
