import assert from 'node:assert/strict';
import argon2 from 'argon2';
import { settleDeliveries } from '../databases.mjs';
import { compare } from '../measure.mjs';

const path = '/v1/auth/login';
const password = 'red light, green light';
const written = ['sessions', 'refresh_tokens', 'audit_entries'];

/** Students sign in, each with an account of his own. */
export async function login({ databases, servers, school, load }) {
  await givePasswords(databases);
  const [app, floor] = await Promise.all([servers.app(), servers.floor()]);
  const lists = { app: people(school), floor: people(school) };
  await checkSameLogin(databases, { app, floor }, lists);
  const signingIn = (name, url, list) => ({
    name,
    url: url + path,
    request: {
      headers,
      requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, body: list.next().value }) }],
    },
  });
  return {
    login: await compare(
      [signingIn('application', app, lists.app), signingIn('Fastify + mysql2', floor, lists.floor)],
      { ...load, beforeRound: () => settleDeliveries(databases.db) },
    ),
  };
}

const headers = { 'content-type': 'application/json' };

async function givePasswords({ db, names }) {
  // As the application hashes: OWASP's recommendation for argon2id.
  const hash = await argon2.hash(password, { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  for (const name of Object.values(names)) await db.query(`UPDATE ${name}.users SET password_hash = ?`, [hash]);
}

/** In turn, without end. The teachers' addresses come first. */
function* people({ teachers, students }) {
  for (let n = 0; ; n++)
    yield JSON.stringify({ email: `u${teachers.length + (n % students.length)}@example.com`, password });
}

/** Tokens differ; who it is, and how many rows are left behind, must not. */
async function checkSameLogin({ db, names }, urls, lists) {
  const signIn = async (key) => {
    const before = await counted(db, names[key]);
    const response = await fetch(urls[key] + path, { method: 'POST', headers, body: lists[key].next().value });
    const { accessToken, refreshToken, ...answer } = await response.json();
    assert.ok(accessToken && refreshToken, `signing in gave ${response.status}`);
    const after = await counted(db, names[key]);
    return { status: response.status, answer, rows: after.map((count, n) => count - before[n]) };
  };
  assert.deepEqual(await signIn('floor'), await signIn('app'), 'a login differs between application and floor');
}

async function counted(db, database) {
  const counts = [];
  for (const table of written) {
    const [[{ n }]] = await db.query(`SELECT COUNT(*) AS n FROM ${database}.${table}`);
    counts.push(n);
  }
  return counts;
}
