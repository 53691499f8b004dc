import { settleDeliveries } from '../databases.mjs';
import { bookingsPath, lessons } from '../load.mjs';
import { compare } from '../measure.mjs';
import { checkSameWrite } from '../same.mjs';

/** Staff book for a student with a named teacher, any car; every request another time. */
export async function booking({ databases, servers, school, headers, load }) {
  const path = bookingsPath(school);
  const [app, floor, few] = await Promise.all([servers.app(), servers.floor(), servers.fewTrips()]);
  // The same list for both: each has a database of its own.
  const lists = { app: lessons(school), floor: lessons(school) };
  const [body] = [lists.app.next().value, lists.floor.next().value];
  await checkSameWrite('booking', databases, app, floor, path, { headers, body });
  const asking = (name, url, list) => ({ name, url: url + path, request: { headers, requests: [nextOf(list)] } });
  return {
    booking: await compare(
      [
        asking('application', app, lists.app),
        asking('many statements a trip', few, lists.floor),
        asking('Fastify + mysql2', floor, lists.floor),
      ],
      { ...load, beforeRound: () => settleDeliveries(databases.db) },
    ),
  };
}

function nextOf(list) {
  return { method: 'POST', setupRequest: (request) => ({ ...request, body: list.next().value }) };
}
