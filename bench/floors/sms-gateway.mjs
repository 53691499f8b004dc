// A gateway that takes every text message, one or many in a request, and keeps nothing.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

let taken = 0;

createServer(async (request, response) => {
  const said = await text(request);
  const messages = said ? [JSON.parse(said)].flat() : [];
  const ids = messages.map(() => (taken += 1));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ids, usage: { countries: { DK: ids.length }, currency: 'DKK', total_cost: 0.24 } }));
}).listen(Number(process.env.PORT), '127.0.0.1');
