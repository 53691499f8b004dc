// Students by hand: a page in the order of its index, in one trip with the question who asks.
import { cursorOf } from './cursor.mjs';
import { bytes, text } from './ids.mjs';
import { permits, whoAsks } from './session.mjs';
import { ask } from './trips.mjs';

const columns = 's.id, s.name, s.email, s.phone, s.licence_class, s.status, s.created_at';
const sql = {
  first: `SELECT ${columns} FROM students s WHERE s.school_id = ? ORDER BY s.name, s.id LIMIT ?`,
  after: `SELECT ${columns} FROM students s FORCE INDEX (students_school_id_name_index) WHERE s.school_id = ? AND s.name >= ? AND (s.name > ? OR s.id > ?) ORDER BY s.name, s.id LIMIT ?`,
  // The words are kept in the order of the answer: nothing is sorted, and no more is read than a page needs.
  found: `SELECT STRAIGHT_JOIN ${columns}, w.entry FROM student_search_words w JOIN students s ON s.school_id = w.school_id AND s.id = w.student_id
    WHERE w.school_id = ? AND w.entry LIKE ?
      AND NOT EXISTS (SELECT 1 FROM student_search_words o WHERE o.school_id = w.school_id AND o.student_id = w.student_id AND o.entry LIKE ? AND o.entry < w.entry)
      AND EXISTS (SELECT 1 FROM student_search_words o WHERE o.school_id = w.school_id AND o.student_id = w.student_id AND o.entry LIKE ?)
    ORDER BY w.entry, w.student_id LIMIT ?`,
};

/** @param q two words, or nothing. @returns a page, or null when the caller has no business here */
export async function listStudents(pool, { session, school, cursor, q, limit }) {
  const its = bytes(school);
  const [asker, found] = await ask(pool, [
    [whoAsks, [bytes(session), new Date()]],
    q ? searched(its, q, limit + 1) : paged(its, cursor, limit + 1),
  ]);
  if (!permits(asker, school)) return null;
  const items = found.slice(0, limit).map(([id, name, email, phone, licenceClass, status, createdAt]) => ({
    id: text(id),
    name,
    email,
    phone,
    licenceClass,
    status,
    createdAt,
  }));
  if (found.length <= limit) return { items, nextCursor: null };
  const [id, name, , , , , , entry] = found[limit - 1];
  const question = q
    ? [
        ['q', q],
        ['sort', 'entry'],
      ]
    : [['sort', 'name']];
  return { items, nextCursor: cursorOf(question, { id: text(id), key: q ? entry : name }) };
}

function paged(school, cursor, limit) {
  if (!cursor) return [sql.first, [school, limit]];
  const { id, key } = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  return [sql.after, [school, key, key, bytes(id), limit]];
}

function searched(school, q, limit) {
  const [rarest, other] = q
    .split(' ')
    .toSorted((a, b) => b.length - a.length)
    .map((word) => `${word}%`);
  return [sql.found, [school, rarest, rarest, other, limit]];
}
