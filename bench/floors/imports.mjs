// A list of students enrolled by hand: the same rows as the application leaves, many in a statement.
import { parse } from 'csv-parse/sync';
import fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import { enrolAll } from './enrolment.mjs';
import { sessionOf } from './session.mjs';

const pool = createPool({ uri: process.env.DATABASE_URL.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' });
pool.pool.on('connection', (connection) => connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));

const server = fastify({ bodyLimit: 10 * 1_048_576 });
server.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, body));
server.get('/hello', async () => ({ hello: 'world' }));
server.post('/v1/schools/:schoolId/student-imports', async (request, reply) => {
  const session = await sessionOf(request);
  const columns = ['name', 'email', 'phone', 'addressLine', 'postcode', 'city'];
  const rows = parse(request.body, { delimiter: ';', columns, from_line: 2, trim: true });
  const id = await enrolAll(pool, { session, school: request.params.schoolId, rows, licenceClass: 'B' });
  return id ? reply.code(201).send({ id }) : reply.code(404).send({ code: 'not_found' });
});
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
