import { compare } from '../measure.mjs';
import { diaryPath } from './diary-week.mjs';

/** What asking again costs: whoever names the tag he has, and whoever opens a connection for each question. */
export async function polling({ servers, school, headers, load }) {
  const url = (await servers.app()) + diaryPath(school);
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  const known = { ...headers, 'if-none-match': response.headers.get('etag') };
  const again = await fetch(url, { headers: known });
  if (again.status !== 304) throw new Error(`the tag of an answer that is the same gave ${again.status}`);
  const hello = `${await servers.app()}/health/live`;
  return {
    'diary week, asked again with its ETag': await compare(
      [
        { name: 'application, 304', url, request: { headers: known } },
        { name: 'application, 200', url, request: { headers } },
      ],
      load,
    ),
    'a connection for each request': await compare(
      [
        { name: 'application, connecting anew', url: hello, request: { headers: { connection: 'close' } } },
        { name: 'application, keep-alive', url: hello },
      ],
      load,
    ),
  };
}
