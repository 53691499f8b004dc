// A school with very many students, made by the server itself, with the words by which they are found.
import { cursorOf } from './floors/cursor.mjs';
import { bytes, text } from './floors/ids.mjs';
import { numbers, perStatement } from './growing.mjs';

const firstNames =
  'Anna,Anton,Bertha,Carl,Clara,Ella,Emil,Freja,Ida,Karl,Laura,Lucas,Magnus,Malthe,Nora,Noah,Oscar,Sofie,Victor,William';
const middleNames =
  'Bang,Bech,Bjerre,Dam,Friis,Gade,Hald,Juul,Kjeldsen,Krogh,Lind,Lund,Munk,Nygaard,Ravn,Riis,Skov,Toft,Vinther,Winther';
const lastNames =
  'Andersen,Berg,Christensen,Dahl,Eriksen,Frandsen,Gregersen,Hansen,Holm,Iversen,Jensen,Kruse,Larsen,Madsen,Nielsen,Olsen,Petersen,Rasmussen,Simonsen,Thomsen';

const nth = (list, n) =>
  `ELT(1 + ${n}, ${list
    .split(',')
    .map((name) => `'${name}'`)
    .join(', ')})`;
const id = (n) => `UNHEX(CONCAT('01910000000070008000', LPAD(HEX(${n}), 12, '0')))`;
const firstResource = 100_000_000;

/** Grows a school to so many students of this kind; those that are there already are kept. */
export async function growStudents(db, school, size) {
  const made = 'SELECT COUNT(*) AS n FROM students WHERE school_id = ? AND resource_id >= ?';
  const [[{ n: there }]] = await db.query(made, [bytes(school), firstResource]);
  await db.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
  await numbers(db);
  for (let from = there; from < size; from += perStatement)
    await insert(db, school, from, Math.min(size, from + perStatement));
  await db.query('ANALYZE TABLE students, student_search_words');
  await db.query('SET SESSION foreign_key_checks = 1, unique_checks = 1');
}

async function insert(db, school, from, until) {
  const its = `UNHEX('${bytes(school).toString('hex')}')`;
  // Names come in no order, as people do; eight thousand of them go round.
  const people = `SELECT ${from} + n AS n, ${nth(firstNames, `(${from} + n) * 7 % 20`)} AS first, ${nth(middleNames, `FLOOR((${from} + n) / 20) * 7 % 20`)} AS middle,
    ${nth(lastNames, `FLOOR((${from} + n) / 400) * 7 % 20`)} AS last FROM numbers WHERE n < ${until - from}`;
  const name = "CONCAT(first, ' ', middle, ' ', last)";
  await db.query(`INSERT INTO students (id, school_id, user_id, resource_id, name, email, licence_class, status, created_at)
    SELECT ${id('n')}, ${its}, ${id('n')}, ${firstResource} + n, ${name}, CONCAT('p', n, '@example.com'), 'B', 'active', '2026-01-01 08:00:00' FROM (${people}) people`);
  for (const word of ['LOWER(first)', 'LOWER(middle)', 'LOWER(last)', "CONCAT('p', n, '@example.com')"])
    await db.query(`INSERT INTO student_search_words (school_id, student_id, entry)
      SELECT ${its}, ${id('n')}, CONCAT(${word}, ' ', LOWER(${name})) FROM (${people}) people`);
}

/** The cursor of the page that begins in the middle of all, by name. */
export async function cursorAt(db, school) {
  const its = bytes(school);
  const [[{ n }]] = await db.query('SELECT COUNT(*) AS n FROM students WHERE school_id = ?', [its]);
  const inOrder = 'SELECT id, name FROM students WHERE school_id = ? ORDER BY name, id LIMIT 1 OFFSET ?';
  const [[{ id: last, name }]] = await db.query(inOrder, [its, Math.floor(n / 2)]);
  return cursorOf([['sort', 'name']], { id: text(last), key: name });
}
