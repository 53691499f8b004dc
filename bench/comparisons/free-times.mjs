import { freeTimesPath } from '../load.mjs';
import { compare } from '../measure.mjs';
import { checkSameFreeTimes } from '../same.mjs';

/** Two weeks of ten teachers and ten cars, a page of 200. */
export async function freeTimes({ servers, school, headers, load }) {
  const path = freeTimesPath(school);
  const [app, floor, few, prepared] = await Promise.all(
    [servers.app, servers.floor, servers.fewTrips, servers.prepared].map((start) => start()),
  );
  for (const each of [floor, few, prepared]) await checkSameFreeTimes(app, each, path, headers);
  const asking = (name, url) => ({ name, url: url + path, request: { headers } });
  return {
    'free times': await compare(
      [
        asking('application', app),
        asking('many statements a trip', few),
        asking('prepared statements', prepared),
        asking('Fastify + mysql2', floor),
      ],
      load,
    ),
  };
}
