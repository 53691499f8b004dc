// Rounds of load in turn, A B C A B C …, so that a machine whose speed drifts drifts for all of them.
import autocannon from 'autocannon';

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}

/** What the command line says of it, as numbers. */
export function loadOf({ rounds, seconds, connections }) {
  return { rounds: Number(rounds), seconds: Number(seconds), connections: Number(connections) };
}

async function round({ url, request }, { seconds, connections }) {
  const took = [];
  const run = autocannon({ url, duration: seconds, connections, ...request });
  // Its own histogram counts whole milliseconds, too coarse for what takes two.
  run.on('response', (_client, _status, _bytes, ms) => took.push(ms));
  const result = await run;
  // Whoever has the answer already is told so by a 304.
  const refused = result['4xx'] + result['5xx'] + result.errors + result.timeouts;
  return {
    perSecond: (result['2xx'] + result['3xx']) / result.duration,
    p50: result.latency.p50,
    p50ms: median(took),
    p99: result.latency.p99,
    refused,
  };
}

/**
 * @param contenders `{ name, url, request }`, the floor last; `request` as autocannon takes it
 * @param load rounds, their length in seconds, connections, and `beforeRound()` to level the ground
 * @returns a row per contender: median requests per second, latencies in ms, how many requests were refused in all, and
 *   the ratio to the floor: the median of what each round gave, with the lowest and the highest
 */
export async function compare(contenders, { rounds, beforeRound = async () => {}, ...load }) {
  const results = new Map(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await round(contender, { ...load, seconds: 2 });
  for (let n = 0; n < rounds; n++) {
    for (const contender of contenders) {
      await beforeRound();
      results.get(contender.name).push(await round(contender, load));
    }
  }
  const floor = results.get(contenders.at(-1).name);
  return contenders.map(({ name }) => summary(name, results.get(name), floor));
}

function summary(name, rounds, floor) {
  return {
    name,
    perSecond: Math.round(median(rounds.map(({ perSecond }) => perSecond))),
    p50: median(rounds.map(({ p50 }) => p50)),
    p50ms: Number(median(rounds.map(({ p50ms }) => p50ms)).toFixed(3)),
    p99: median(rounds.map(({ p99 }) => p99)),
    refused: rounds.reduce((sum, { refused }) => sum + refused, 0),
    ...ratiosOf(rounds.map(({ perSecond }, n) => perSecond / floor[n].perSecond)),
  };
}

/** The median of what each round gave, with the lowest and the highest. */
export function ratiosOf(ratios) {
  const rounded = (ratio) => Number(ratio.toFixed(2));
  return {
    ratio: rounded(median(ratios)),
    lowest: rounded(Math.min(...ratios)),
    highest: rounded(Math.max(...ratios)),
  };
}

/** How much y grows with each x: the line with the least squares. */
export function slope(points) {
  const mean = (n) => points.reduce((sum, point) => sum + point[n], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of) => points.reduce((total, point) => total + of(point), 0);
  return sum(([px, py]) => (px - x) * (py - y)) / sum(([px]) => (px - x) ** 2);
}

export function print(title, rows) {
  console.log(`\n${title}`);
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
}
