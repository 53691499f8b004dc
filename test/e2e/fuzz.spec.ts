import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Response, Test } from 'supertest';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { callers, type FuzzRequest, requestsOf } from '../fuzz/requests.js';
import { type Schema, SchemaValues } from '../fuzz/schema-values.js';
import { TableMarks, writtenBetween } from '../fuzz/table-marks.js';
import type { DocumentedOperation } from '../support/api-document.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { platformAdmin } from '../support/test-school.js';
import { furnish, type FurnishedSchool } from './permissions/world.js';

/** How many requests each operation stands: few with every change, thousands when somebody looks for more. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 3);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const only = process.env['FUZZ_ONLY'];

let before: TestApp;
let test: TestApp;
let furnished: FurnishedSchool;
let values: SchemaValues;
let marks: TableMarks;
let marked: Map<string, string> | null = null;
const tokens = new Map<string, string>();

beforeAll(async () => {
  before = await startTestApp();
  furnished = await furnish(before, 'tilfaeldig', await platformAdmin(before, 'helper@platform.example'));
  await before.settle();
  // What jobs write would look like what refusals wrote.
  await before.app.close();
  test = await startTestApp({ beside: before, jobs: false, env: { EVENT_STREAM_SECONDS: '0' } });
  values = new SchemaValues(test.document.schemas as Record<string, Schema>, knownIds());
  marks = await TableMarks.of(test.em);
});
afterAll(async () => {
  await test?.close();
  await before?.close();
});

it(
  'stands whatever is sent to any operation: it answers as documented, never with 5xx, and a refusal changes nothing',
  async () => {
    const failures: string[] = [];
    for (const operation of test.document.operations) {
      if (only && operation.id !== only) continue;
      const stands = fc.asyncProperty(requestsOf(operation, values), (request) => standsFor(operation, request));
      const result = await fc.check(stands, { numRuns: runs, seed, endOnFailure: true });
      if (result.failed)
        failures.push(
          `${operation.id} (FUZZ_SEED=${seed}): ${String(result.errorInstance)}\n${JSON.stringify(result.counterexample)}`,
        );
    }
    expect(failures).toEqual([]);
  },
  60_000 + runs * 60_000,
);

it('leaves the school’s books and diary in order', async () => {
  const verdicts = await test.app.get(Verification).ofSchool(furnished.school.id);
  expect(verdicts.filter(({ findings }) => findings.length > 0)).toEqual([]);
});

async function standsFor({ method }: DocumentedOperation, request: FuzzRequest): Promise<void> {
  const untouched = marked ?? (await marks.now());
  marked = null;
  const { status } = await send(method as 'get', request);
  if (status >= 500) throw new Error(`answered ${status}`);
  if (status < 400) return;
  // Nobody else writes, so what stands after a refusal stands before the next request.
  marked = await marks.now();
  const written = writtenBetween(untouched, marked);
  if (written.length > 0) throw new Error(`answered ${status} and wrote to ${written.join(', ')}`);
}

async function send(method: 'get', { caller, path, body, contentType, headers }: FuzzRequest): Promise<Response> {
  const call: Test = test.http[method](path).timeout(20_000).set(headers);
  if (contentType) void call.type(contentType);
  if (body !== undefined) void call.serialize((text: string) => text).send(body);
  const authorization = await authorizationOf(caller);
  if (authorization) void call.set('authorization', authorization);
  return call;
}

async function authorizationOf(caller: (typeof callers)[number]): Promise<string | undefined> {
  if (caller === 'nobody') return undefined;
  if (caller === 'forger') return `Bearer ${tokens.get('owner') ?? 'x.y'}x`;
  const { userId } = caller === 'owner' ? furnished.school.owner : furnished[caller];
  // Anew each time: one of the operations is to end all sessions.
  const token = await accessTokenOf(test.app, userId);
  tokens.set(caller, token);
  return `Bearer ${token}`;
}

/** One of everything, so that requests reach what they name. */
function knownIds(): Record<string, string[]> {
  const known: Record<string, string[]> = { schoolId: [furnished.school.id] };
  for (const rows of [furnished.rows, furnished.others]) {
    for (const [name, id] of Object.entries(rows)) known[name] = [...(known[name] ?? []), id];
  }
  return known;
}
