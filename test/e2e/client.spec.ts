import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JustDrivingClient, ProblemError, type Tokens } from '../../clients/typescript/src/client.js';
import { SetPassword } from '../../src/modules/identity/index.js';
import { Stage, type Person } from '../notifications/stage.js';
import { startTestApp, type TestApp } from '../support/app.js';

const password = 'lang nok adgangskode';

let test: TestApp;
let stage: Stage;
let student: Person;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  stage = await Stage.open(test, 'klient');
  student = await stage.student();
  await stage.inside(() => stage.get(SetPassword).execute(student.userId, password));
});
afterAll(() => test.close());

describe('the TypeScript client', () => {
  it('signs in and reads what the types promise', async () => {
    const client = new JustDrivingClient({ baseUrl: test.url });
    const { memberships } = await client.logIn(student.email, password);
    const params = { path: { schoolId: memberships[0]!.schoolId } };
    const { data } = await client.api.GET('/v1/schools/{schoolId}/lesson-types', { params });
    expect(data?.items[0]).toMatchObject({ minutes: 45, price: { amount: 65_000, currency: 'DKK' } });
    await client.logOut();
    const { response, error } = await client.api.GET('/v1/schools/{schoolId}/lesson-types', { params });
    expect([response.status, error?.code]).toEqual([401, 'auth.required']);
  });

  it('says why it was refused, in the language asked for', async () => {
    const client = new JustDrivingClient({ baseUrl: test.url, language: 'da' });
    const refusal: unknown = await client.logIn(student.email, 'forkert adgangskode').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ status: 401, message: expect.stringMatching(/[æøå]|ikke|forkert/i) });
  });

  it('renews the session once for all calls that find it has run out', async () => {
    const seen: (Tokens | null)[] = [];
    const first = new JustDrivingClient({ baseUrl: test.url });
    const { refreshToken } = await first.logIn(student.email, password);
    const client = new JustDrivingClient({
      baseUrl: test.url,
      tokens: { accessToken: 'run.out.long-ago', refreshToken },
      onTokens: (tokens) => seen.push(tokens),
    });
    const answers = await Promise.all([client.api.GET('/v1/me'), client.api.GET('/v1/me'), client.api.GET('/v1/me')]);
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(seen).toHaveLength(1);
  });
});
