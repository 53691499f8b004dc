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
import { openTestSchool, type TestSchool } from '../support/test-school.js';

/** How many requests each operation stands: few with every change, thousands when somebody looks for more. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 5);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const only = process.env['FUZZ_ONLY'];

let test: TestApp;
let school: TestSchool;
let values: SchemaValues;
let marks: TableMarks;
const tokens = new Map<string, string>();

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  school = await openTestSchool(test, 'tilfaeldig');
  values = new SchemaValues(test.document.schemas as Record<string, Schema>, await knownIds());
  marks = await TableMarks.of(test.em);
});
afterAll(() => test.close());

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
  60_000 + runs * 20_000,
);

it('leaves the school’s books and diary in order', async () => {
  const verdicts = await test.app.get(Verification).ofSchool(school.id);
  expect(verdicts.filter(({ findings }) => findings.length > 0)).toEqual([]);
});

async function standsFor({ method }: DocumentedOperation, request: FuzzRequest): Promise<void> {
  const before = await marks.now();
  const { status } = await send(method as 'get', request);
  if (status >= 500) throw new Error(`answered ${status}`);
  if (status < 400) return;
  const written = writtenBetween(before, await marks.now());
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
  const { userId } = caller === 'owner' ? school.owner : school.student.caller;
  // Anew each time: one of the operations is to end all sessions.
  const token = await accessTokenOf(test.app, userId);
  tokens.set(caller, token);
  return `Bearer ${token}`;
}

/** One of everything, so that requests reach what they name. */
async function knownIds(): Promise<Record<string, string[]>> {
  const { owner, student, teacher } = school;
  const startsAt = (inDays: number) =>
    `${new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10)}T12:00:00Z`;
  const lesson = (inDays: number) => ({
    lessonTypeId: school.lessonTypeId,
    studentId: student.id,
    startsAt: startsAt(inDays),
  });
  const bookings = [
    await owner.post('/bookings', lesson(3)).expect(201),
    await owner.post('/bookings', lesson(4)).expect(201),
  ];
  const invoice = await owner.post('/invoices', { studentId: student.id }).expect(201);
  const checkout = await student.caller.post(`/invoices/${invoice.body.id}/checkout`).expect(201);
  const { body } = await owner.get('/charges').expect(200);
  return {
    schoolId: [school.id],
    teacherId: [teacher.id],
    studentId: [student.id],
    vehicleId: [school.vehicleId],
    lessonTypeId: [school.lessonTypeId],
    bookingId: bookings.map((each) => each.body.id as string),
    invoiceId: [invoice.body.id],
    paymentId: [checkout.body.paymentId],
    chargeId: body.items.map(({ id }: { id: string }) => id),
  };
}
