// Enrolling a whole list by hand: the rows of all students of each table in one statement, five hundred students a transaction.
import { uuidv7 } from 'uuidv7';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';

const atOnce = 500;
const addresses = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const handlers = ['education.link-enrolled', 'outgoing-webhooks.student-enrolled'];
const folds = { æ: 'ae', ø: 'oe', å: 'aa', ä: 'ae', ö: 'oe', ß: 'ss' };

const sql = {
  import:
    'INSERT INTO student_imports (id, school_id, state, invite, ignored_columns, created_at, finished_at) VALUES (?)',
  known: 'SELECT email FROM students WHERE school_id = ? AND email IN (?)',
  users: 'INSERT INTO users (id, email, name, phone, locale, platform_admin, created_at) VALUES ?',
  memberships: 'INSERT INTO memberships (school_id, user_id, role, created_at) VALUES ?',
  resources: 'INSERT INTO resources (kind, user_id, capacity) VALUES ?',
  resourceIds: 'SELECT id, user_id FROM resources WHERE user_id IN (?)',
  schoolResources: 'INSERT INTO school_resources (school_id, resource_id) VALUES ?',
  students:
    'INSERT INTO students (id, school_id, user_id, resource_id, name, email, phone, licence_class, status, address_line, postcode, city, created_at) VALUES ?',
  words: 'INSERT INTO student_search_words (school_id, student_id, entry) VALUES ?',
  rows: 'INSERT INTO student_import_rows (school_id, import_id, number, state, student_id) VALUES ?',
  audit:
    'INSERT INTO audit_entries (id, school_id, at, actor_kind, actor_id, actor_role, actor_name, action, subject_kind, subject_id, details) VALUES ?',
  events: 'INSERT INTO outbox_events (id, school_id, name, payload, occurred_at) VALUES ?',
  deliveries: 'INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES ?',
};

/** @returns the import's id, or null when the caller has no business here */
export async function enrolAll(pool, { session, school: schoolId, rows, licenceClass }) {
  const [asker] = await pool.query({ sql: whoAsks, values: [bytes(session), new Date()], rowsAsArray: true });
  if (!permits(asker, schoolId)) return null;
  const [school, id, now] = [bytes(schoolId), uuidv7(), new Date()];
  const connection = await pool.getConnection();
  try {
    const write = (statement, values) => connection.query(statement, [values]);
    await write(sql.import, [bytes(id), school, 'done', 0, '[]', now, now]);
    const by = (action) => entry(school, now, ['user', asker[0][0], 'owner', null], action, bytes(id), {});
    await write(sql.audit, ['student_import.uploaded', 'student_import.started'].map(by));
    const told = ['students.check-import', 'students.enrol-import'].map((handler) => ({
      event: bytes(uuidv7()),
      handler,
    }));
    const payload = JSON.stringify({ importId: id });
    await write(
      sql.events,
      told.map(({ event, handler }) => [event, school, handler, payload, now]),
    );
    await write(
      sql.deliveries,
      told.map(({ event, handler }) => [event, handler, 'done', now, 1, 0]),
    );
    for (let from = 0; from < rows.length; from += atOnce)
      await enrol(
        connection,
        { school, importId: bytes(id), first: from + 2, licenceClass },
        rows.slice(from, from + atOnce),
      );
  } finally {
    connection.release();
  }
  return id;
}

async function enrol(connection, { school, importId, first, licenceClass }, rows) {
  const now = new Date();
  const people = rows.map((row, n) => ({
    ...row,
    number: first + n,
    email: row.email.toLowerCase(),
    phone: `+45${row.phone.replaceAll(' ', '')}`,
    user: uuidv7(),
    student: uuidv7(),
  }));
  const isRight = ({ name, email, phone }) => name !== '' && addresses.test(email) && /^\+45\d{8}$/.test(phone);
  const emails = people.map(({ email }) => email);
  if (!people.every(isRight) || new Set(emails).size < rows.length) throw new Error('a row is wrong');
  const write = (statement, values) => connection.query({ sql: statement, values: [values], rowsAsArray: true });
  await connection.query('START TRANSACTION');
  const [known] = await connection.query(sql.known, [school, emails]);
  if (known.length > 0) throw new Error('somebody is a student already');
  await write(
    sql.users,
    people.map(({ user, email, name, phone }) => [bytes(user), email, name, phone, 'da', 0, now]),
  );
  await write(
    sql.memberships,
    people.map(({ user }) => [school, bytes(user), 'student', now]),
  );
  await write(
    sql.resources,
    people.map(({ user }) => ['person', bytes(user), 1]),
  );
  const [found] = await write(
    sql.resourceIds,
    people.map(({ user }) => bytes(user)),
  );
  const resources = new Map(found.map(([id, user]) => [text(user), id]));
  await write(
    sql.schoolResources,
    found.map(([id]) => [school, id]),
  );
  await write(
    sql.students,
    people.map(({ student, user, name, email, phone, addressLine, postcode, city }) => {
      const who = [bytes(student), school, bytes(user), resources.get(user), name, email, phone];
      return [...who, licenceClass, 'active', addressLine, postcode, city, now];
    }),
  );
  await write(
    sql.words,
    people.flatMap((person) => entriesOf(person).map((each) => [school, bytes(person.student), each])),
  );
  await write(
    sql.rows,
    people.map(({ number, student }) => [school, importId, number, 'enrolled', bytes(student)]),
  );
  const acting = ['system', null, null, 'students.enrol-import'];
  await write(
    sql.audit,
    people.flatMap(({ user, student }) => [
      entry(school, now, acting, 'member.role_added', bytes(user), { role: 'student' }),
      entry(school, now, acting, 'student.enrolled', bytes(student), { userId: user }),
    ]),
  );
  const told = people.map(({ student }) => ({
    event: bytes(uuidv7()),
    payload: JSON.stringify({ studentId: student }),
  }));
  await write(
    sql.events,
    told.map(({ event, payload }) => [event, school, 'students.student_enrolled', payload, now]),
  );
  await write(
    sql.deliveries,
    told.flatMap(({ event }) => handlers.map((handler) => [event, handler, 'open', now, 0, 0])),
  );
  await connection.query('COMMIT');
}

function entry(school, now, acting, action, subject, details) {
  return [bytes(uuidv7()), school, now, ...acting, action, action.split('.')[0], subject, JSON.stringify(details)];
}

/** By what a student is found, as the application keeps it. */
function entriesOf({ name, email, phone, postcode }) {
  const number = phone.slice(1);
  const words = [...wordsOf(name), folded(email), number, number.slice(2), ...wordsOf(postcode)];
  return [...new Set(words.map((word) => `${word} ${name.toLowerCase()}`))];
}

function wordsOf(written) {
  return folded(written)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function folded(written) {
  return written
    .toLowerCase()
    .replaceAll(/[æøåäöß]/g, (letter) => folds[letter])
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
