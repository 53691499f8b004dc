import { compare } from '../measure.mjs';
import { checkSameAnswer } from '../same.mjs';
import { cursorAt, growStudents } from '../students-data.mjs';

/** A page of 50 of the school's students: the first, one in the middle of all, and what a search finds. */
export async function students({ databases, servers, school, headers, load, students: count }) {
  await growStudents(databases.db, school.school, count);
  const [app, reader] = await Promise.all([servers.app(), servers.reader()]);
  const figures = {};
  for (const [title, path] of await studentPages(databases.db, school.school)) {
    await checkSameAnswer(app, reader, path, headers);
    const asking = (name, url) => ({ name, url: url + path, request: { headers } });
    figures[title] = await compare([asking('application', app), asking('Fastify + mysql2', reader)], load);
  }
  return figures;
}

/** The questions that are asked of a list of students, by their titles. */
export async function studentPages(db, school) {
  const list = `/v1/schools/${school}/students`;
  return [
    ['students: first page', list],
    ['students: page in the middle', `${list}?cursor=${await cursorAt(db, school)}`],
    ['students: search', `${list}?q=${encodeURIComponent('an hol')}`],
  ];
}
