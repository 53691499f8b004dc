import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { accessTokenOf } from '../../../src/modules/identity/testing/sign-in.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { platformAdmin } from '../../support/test-school.js';
import { allOperations, type Operation } from './operations.js';
import { openOperations, ownData, studentsRows } from './own-data.js';
import { allRoutes, pages } from './pages.js';
import { allVoices, type Place, type Voice } from './voices.js';
import { bodies, furnish, type FurnishedSchool, noRow, paper, rowOf, type Rows } from './world.js';

let test: TestApp;
let nord: FurnishedSchool;
let syd: FurnishedSchool;
let operations: Operation[];
let closed: Operation[];
let voices: Voice[];

beforeAll(async () => {
  test = await startTestApp({ env: { EVENT_STREAM_SECONDS: '0' } });
  const helper = await platformAdmin(test, 'helper@platform.example');
  [nord, syd] = [await furnish(test, 'nord', helper), await furnish(test, 'syd', helper)];
  operations = await allOperations(test);
  closed = operations.filter(({ permission }) => permission !== undefined);
  voices = await allVoices(test, nord, helper);
});
afterAll(() => test?.close());

// No school of this world is listed anywhere, and no partner has subscribed to anything.
const ofPartners = [
  'getListedSchool',
  'listNextFreeTimes',
  'getListedLogo',
  'getLeadReceipt',
  'getPartnerWebhookEndpoint',
  'getPartnerWebhookDelivery',
  'listPartnerWebhookAttempts',
];

interface Call {
  readonly schoolId?: string;
  readonly rows?: Rows;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const isInSchool = ({ path }: Operation) => path.includes('{schoolId}');
const placeOf = (operation: Operation): Place => (isInSchool(operation) ? 'own school' : 'no school');
const voice = (name: string) => voices.find((each) => each.name === name)!;

/** Calls an operation with real rows, and what it needs at least. */
async function call(operation: Operation, token: string | null, how: Call = {}): Promise<Response> {
  const { schoolId = nord.school.id, rows = nord.rows, query = {}, body = {} } = how;
  const path = operation.path
    .replace('{schoolId}', schoolId)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (isInSchool(operation) ? rowOf(rows, name) : noRow));
  const asked = new URLSearchParams({ ...neededBy(operation, rows), ...query }).toString();
  const request = test.http[operation.method](`${path}${asked && `?${asked}`}`);
  if (token !== null) void request.set('authorization', `Bearer ${token}`);
  if (operation.bodyType === undefined) return request;
  if (operation.bodyType === 'multipart/form-data') return request.attach('file', paper, 'a.pdf');
  return operation.bodyType === 'application/json' ? request.send(body) : request.type(operation.bodyType).send('Navn');
}

function neededBy({ query }: Operation, rows: Rows): Record<string, string> {
  const needed = query.filter(({ required }) => required);
  return Object.fromEntries(
    needed.map(({ name, example, schema }) => [
      name,
      name.endsWith('Id') ? rowOf(rows, name) : String(example ?? schema?.example),
    ]),
  );
}

/** What the guard said. Its refusals have codes of their own; whatever else is refused was let in. */
function verdictOn({ status, body }: Response, place: Place): number | 'in' {
  const { code = '' } = body as { code?: string };
  if (status >= 500 || status === 429) return status;
  if (status === 401 || (status === 403 && code.startsWith('auth.'))) return status;
  // Outside of schools there is nothing that the guard would hide.
  return status === 404 && code === 'resource.not_found' && place !== 'no school' ? 404 : 'in';
}

const readersTokens = new Map<Voice, Promise<string | null>>();

/** Of one session: reading ends none. */
function readersToken(each: Voice): Promise<string | null> {
  const token = readersTokens.get(each) ?? each.token();
  readersTokens.set(each, token);
  return token;
}

/** Every voice at every place; the lines that are not as the catalogue says. */
async function surprises(asked: readonly Operation[]): Promise<string[]> {
  const found: string[] = [];
  for (const operation of asked) {
    // Elsewhere first: at home it may end the session.
    const places = [...(isInSchool(operation) ? (['other school'] as const) : []), placeOf(operation)];
    for (const each of voices) {
      const token = operation.method === 'get' ? await readersToken(each) : await each.token();
      for (const place of places) {
        const where = place === 'other school' ? syd : nord;
        const answer = await call(operation, token, { schoolId: where.school.id, rows: where.rows });
        const [expected, verdict] = [each.expected(operation, place), verdictOn(answer, place)];
        if (verdict !== expected) {
          const { code } = answer.body as { code?: string };
          found.push(`${operation.id} as ${each.name}, ${place}: ${expected} expected, ${answer.status} ${code}`);
        }
      }
    }
  }
  return found;
}

describe('every route', () => {
  it('is an operation that is tried here, or a page that opens no row by its id', () => {
    const tried = operations.map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    );
    const others = allRoutes(test).filter((route) => !tried.includes(route));
    expect(others.toSorted()).toEqual(Object.keys(pages).toSorted());
  });
});

describe('every operation', () => {
  it('is open to everybody only where this is written down', () => {
    const open = operations.filter(({ permission }) => permission === undefined).map(({ id }) => id);
    const undecided = open.filter((id) => !openOperations.includes(id));
    expect({ undecided, remedy: 'close it with @Requires(), or list it in test/e2e/permissions/own-data.ts' }).toEqual({
      undecided: [],
      remedy: expect.any(String),
    });
    expect(openOperations.filter((id) => !open.includes(id))).toEqual([]);
  });

  it('that students or guardians may use has a decision on what it shows of others', () => {
    const theirs = closed.filter(({ roles }) => roles.includes('student') || roles.includes('guardian'));
    const undecided = theirs.filter(({ id }) => !(id in ownData)).map(({ id }) => id);
    expect({ undecided, remedy: 'say in test/e2e/permissions/own-data.ts whose rows it shows' }).toEqual({
      undecided: [],
      remedy: expect.any(String),
    });
    expect(Object.keys(ownData).filter((id) => theirs.every((operation) => operation.id !== id))).toEqual([]);
  });

  it('that reads lets in whom the catalogue names, and nobody else', async () => {
    expect(await surprises(closed.filter(({ method }) => method === 'get'))).toEqual([]);
  });

  it('that reads answers whom it lets in with the rows there are', async () => {
    for (const operation of closed.filter(({ method }) => method === 'get'))
      for (const each of voices.filter((who) => who.expected(operation, placeOf(operation)) === 'in')) {
        const isNoStudent = operation.id === 'getMyStudent' && each.name !== 'student';
        // Nobody has asked for one of this world's students to be erased, and nothing keeps messages from them.
        const isNothing = isNoStudent || ['getErasure', 'getRecipientObstacle', ...ofPartners].includes(operation.id);
        const { status } = await call(operation, await readersToken(each));
        expect([operation.id, each.name, status]).toEqual([operation.id, each.name, isNothing ? 404 : 200]);
      }
  });
});

describe('another student’s rows', () => {
  it('are not found, whoever of the family asks', async () => {
    for (const [id, rule] of Object.entries(ownData)) {
      const operation = operations.find((each) => each.id === id)!;
      if (rule !== 'row') continue;
      expect([id, operation.rows.some((name) => studentsRows.includes(name))]).toEqual([id, true]);
      for (const name of operation.roles.filter((role) => role === 'student' || role === 'guardian')) {
        const token = await voice(name).token();
        const body = bodies[id]?.(nord.rows) ?? operation.bodyExample;
        const foreign = await call(operation, token, { rows: nord.others, body });
        expect([id, name, foreign.status]).toEqual([id, name, 404]);
        expect([id, foreign.text]).toEqual([id, expect.not.stringContaining('Lund')]);
      }
    }
  });

  it('cannot be named where a student is asked for', async () => {
    const named = operations.filter(({ id }) => ownData[id] === 'named' || ownData[id] === 'list');
    for (const operation of named)
      for (const name of operation.roles.filter((role) => role === 'student' || role === 'guardian')) {
        const inQuery = operation.query.some((parameter) => parameter.name === 'studentId');
        const inBody = operation.bodyRows.includes('studentId');
        if (!inQuery && !inBody) continue;
        const { studentId } = nord.others;
        const body = { ...bodies[operation.id]?.(nord.rows), studentId };
        const answer = await call(
          operation,
          await voice(name).token(),
          inQuery ? { query: { studentId: studentId! } } : { body },
        );
        expect([operation.id, name, answer.status]).toEqual([operation.id, name, 404]);
      }
  });
});

describe('a list', () => {
  /** All of it with what its cursors say; the first rows one at a time. */
  async function crawl(operation: Operation, token: string | null): Promise<{ text: string; cursors: string[] }> {
    const cursors: string[] = [];
    let text = '';
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await call(operation, token, {
        query: { limit: cursors.length < 4 ? '1' : '200', ...(cursor && { cursor }) },
      });
      expect([operation.id, answer.status]).toEqual([operation.id, 200]);
      const { items, nextCursor } = answer.body as { items: unknown[]; nextCursor: string | null };
      // A page without rows would say that there were some to leave out.
      expect([operation.id, items.length > 0 || nextCursor === null]).toEqual([operation.id, true]);
      expect([operation.id, cursor && items.length === 0]).not.toEqual([operation.id, true]);
      text += JSON.stringify(items) + (nextCursor ? Buffer.from(nextCursor, 'base64url').toString() : '');
      cursor = nextCursor;
      if (cursor) cursors.push(cursor);
    }
    return { text, cursors };
  }

  const secretsOf = (rows: Rows, known: Rows) => Object.values(rows).filter((id) => !Object.values(known).includes(id));
  const lists = () => closed.filter((operation) => operation.isList && isInSchool(operation));

  it('shows and counts rows of its own school alone, whatever cursor it gets', async () => {
    const foreign = [...Object.values(syd.rows), ...Object.values(syd.others)];
    const own = [...Object.values(nord.rows), ...Object.values(nord.others)];
    expect(lists().length).toBeGreaterThan(10);
    for (const operation of lists()) {
      const name = ['owner', 'guardian'].find((role) => operation.roles.includes(role))!;
      const { text, cursors } = await crawl(operation, await voice(name).token());
      expect([operation.id, foreign.filter((id) => text.includes(id))]).toEqual([operation.id, []]);
      const [cursor] = cursors;
      if (!cursor || name !== 'owner') continue;
      const elsewhere = await call(operation, await accessTokenOf(test.app, syd.school.owner.userId), {
        schoolId: syd.school.id,
        rows: syd.rows,
        query: { limit: '200', cursor },
      });
      expect([operation.id, [200, 400].includes(elsewhere.status)]).toEqual([operation.id, true]);
      expect([operation.id, own.filter((id) => elsewhere.text.includes(id))]).toEqual([operation.id, []]);
    }
  });

  it('of a student or guardian shows and counts nothing of another', async () => {
    const secrets = secretsOf(nord.others, nord.rows);
    for (const operation of lists().filter(({ id }) => ownData[id] === 'list' || ownData[id] === 'row'))
      for (const name of operation.roles.filter((role) => role === 'student' || role === 'guardian')) {
        const { text } = await crawl(operation, await voice(name).token());
        expect([operation.id, name, text]).not.toEqual([operation.id, name, '[]']);
        expect([operation.id, name, secrets.filter((id) => text.includes(id))]).toEqual([operation.id, name, []]);
      }
  });
});

describe('an id of another school', () => {
  const inSchools = () => closed.filter((operation) => isInSchool(operation) && operation.roles.includes('owner'));

  it('in a path is not found, whoever may use the operation', async () => {
    for (const operation of closed.filter(isInSchool))
      for (const name of operation.rows) {
        const speaker = operation.roles.includes('owner') ? 'owner' : operation.roles[0]!;
        const body = bodies[operation.id]?.(nord.rows) ?? operation.bodyExample;
        const rows = { ...nord.rows, [name]: rowOf(syd.rows, name) };
        const answer = await call(operation, await voice(speaker).token(), { rows, body });
        expect([operation.id, name, answer.status]).toEqual([operation.id, name, 404]);
      }
  });

  it('in a query finds nothing', async () => {
    const owner = await voice('owner').token();
    for (const operation of inSchools())
      for (const { name } of operation.query.filter((parameter) => parameter.name.endsWith('Id'))) {
        const foreign = syd.rows[name] ?? syd.school.owner.userId;
        const { status, body } = await call(operation, owner, { query: { [name]: foreign } });
        const { items, entries } = body as { items?: unknown[]; entries?: unknown[] };
        const found = status === 200 ? (items ?? entries) : [];
        expect([operation.id, name, status, found]).toEqual([operation.id, name, expect.any(Number), []]);
        expect([200, 404, 422]).toContain(status);
      }
  });

  it('in a body is refused, where one’s own is taken', async () => {
    const owner = await voice('owner').token();
    for (const operation of inSchools().filter(({ bodyRows }) => bodyRows.length > 0)) {
      const fill = bodies[operation.id];
      if (!fill) throw new Error(`say in test/e2e/permissions/world.ts with what body ${operation.id} succeeds`);
      for (const name of operation.bodyRows) {
        const row = rowOf(syd.rows, name);
        const body = { ...fill(nord.rows), [name]: name.endsWith('s') ? [row] : row };
        const answer = await call(operation, owner, { body });
        expect({
          id: operation.id,
          name,
          body: answer.body,
          isRefused: [404, 409, 422].includes(answer.status),
        }).toMatchObject({
          isRefused: true,
        });
      }
      const { status, body } = await call(operation, owner, { body: fill(nord.rows) });
      expect({ id: operation.id, body, isTaken: status < 300 }).toEqual({ id: operation.id, body, isTaken: true });
    }
  });
});

// Last, because it changes what the others read.
describe('every operation that changes something', () => {
  it('lets in whom the catalogue names, and nobody else', async () => {
    expect(await surprises(closed.filter(({ method }) => method !== 'get'))).toEqual([]);
  });
});
