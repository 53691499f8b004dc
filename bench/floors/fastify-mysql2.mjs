// The floor: bare Fastify and mysql2, written by hand for these questions and nothing else. It checks the token, the
// session and the membership as the application does; validation, problem details, logs, tenancy and the relay it leaves out.
import fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import { bookLesson } from './booking.mjs';
import { showWeek } from './diary-week.mjs';
import { findFreeTimes } from './free-times.mjs';
import { logIn } from './login.mjs';
import { sessionOf } from './session.mjs';
import { listStudents } from './students.mjs';
import { together } from './trips.mjs';

const pool = createPool({
  uri: process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:'),
  connectionLimit: 20,
  multipleStatements: together,
  timezone: 'Z',
  dateStrings: ['DATE'],
});
pool.pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));

const server = fastify();
server.get('/hello', async () => ({ hello: 'world' }));

server.get('/v1/schools/:schoolId/free-times', async ({ headers, params, query }, reply) => {
  const session = await sessionOf({ headers });
  const json = await findFreeTimes(pool, {
    session,
    school: params.schoolId,
    lessonType: query.lessonTypeId,
    limit: Number(query.limit ?? 50),
  });
  if (!json) return reply.code(404).send({ code: 'not_found' });
  return reply.type('application/json; charset=utf-8').send(json);
});

server.post('/v1/schools/:schoolId/bookings', async ({ headers, params, body }, reply) => {
  const session = await sessionOf({ headers });
  const booking = await bookLesson(pool, { session, school: params.schoolId, body });
  return booking ? reply.code(201).send(booking) : reply.code(409).send({ code: 'taken' });
});

server.get('/v1/schools/:schoolId/students', async ({ headers, params, query: { cursor, q, limit = 50 } }, reply) => {
  const session = await sessionOf({ headers });
  const page = await listStudents(pool, { session, school: params.schoolId, cursor, q, limit: Number(limit) });
  return page ?? reply.code(404).send({ code: 'not_found' });
});

server.get('/v1/schools/:schoolId/diary', async ({ headers, params, query: { date } }, reply) => {
  const week = await showWeek(pool, { session: await sessionOf({ headers }), school: params.schoolId, date });
  return week ?? reply.code(404).send({ code: 'not_found' });
});

server.post('/v1/auth/login', async (request, reply) => {
  const opened = await logIn(pool, request);
  return opened ? reply.send(opened) : reply.code(401).send({ code: 'auth.invalid_credentials' });
});

await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
