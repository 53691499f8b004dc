// Rounds of load in turn, A B C A B C …, so that a machine whose speed drifts drifts for all of them.
import autocannon from 'autocannon';

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function round({ url, request, seconds, connections }) {
  const result = await autocannon({ url, duration: seconds, connections, ...request });
  const refused = result.non2xx + result.errors + result.timeouts;
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99, refused };
}

/**
 * @param contenders `{ name, url, request }`, the floor last
 * @returns a row per contender: median requests per second, latencies in ms, and the ratio to the floor
 */
export async function compare(contenders, { rounds, seconds, connections }) {
  const results = new Map(contenders.map(({ name }) => [name, []]));
  for (const { url, request } of contenders) await round({ url, request, seconds: 1, connections });
  for (let n = 0; n < rounds; n++) {
    for (const { name, url, request } of contenders) results.get(name).push(await round({ url, request, seconds, connections }));
  }
  const rows = contenders.map(({ name }) => {
    const all = results.get(name);
    return {
      name,
      perSecond: Math.round(median(all.map((each) => each.perSecond))),
      p50: median(all.map((each) => each.p50)),
      p99: median(all.map((each) => each.p99)),
      refused: all.reduce((sum, each) => sum + each.refused, 0),
    };
  });
  const floor = rows.at(-1).perSecond;
  return rows.map((row) => ({ ...row, ratio: Number((row.perSecond / floor).toFixed(2)) }));
}

export function print(title, rows) {
  console.log(`\n${title}`);
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
}
