import { compare } from '../measure.mjs';
import { checkSameAnswer } from '../same.mjs';

const day = 24 * 60 * 60_000;

/** A whole week that lies in the filled time. */
export function diaryPath({ school }) {
  return `/v1/schools/${school}/diary?view=week&date=${new Date(Date.now() + 7 * day).toISOString().slice(0, 10)}`;
}

/** The school's week on screen: ten teachers with their days, and some six hundred lessons. */
export async function diaryWeek({ servers, school, headers, load }) {
  const path = diaryPath(school);
  const [app, reader] = await Promise.all([servers.app(), servers.reader()]);
  await checkSameAnswer(app, reader, path, headers);
  const asking = (name, url) => ({ name, url: url + path, request: { headers } });
  return { 'diary week': await compare([asking('application', app), asking('Fastify + mysql2', reader)], load) };
}
