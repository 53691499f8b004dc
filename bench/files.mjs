// One long file from each contender in turn, to its end.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { residentMiB } from './process-memory.mjs';

/**
 * @param urls of the application and of the floor; both must give the same bytes
 * @returns a row for each: how many lines, the median of the milliseconds, the ratio to the floor (median, lowest, highest), and
 *   by how many MiB the application's process was larger at most than before
 */
export async function compareFiles({ app, floor }, headers, rounds) {
  const ratios = [];
  const times = { app: [], floor: [] };
  let [lines, grownMiB] = [0, 0];
  // The first of each warms up.
  for (let n = 0; n <= rounds; n++) {
    const ours = await streamed(app, headers, residentMiB);
    const theirs = await streamed(floor, headers, () => 0);
    assert.equal(ours.hash, theirs.hash, 'the files differ between application and floor');
    if (n === 0) continue;
    lines = ours.lines;
    grownMiB = Math.max(grownMiB, ours.grown);
    ratios.push(theirs.ms / ours.ms);
    times.app.push(ours.ms);
    times.floor.push(theirs.ms);
  }
  const rounded = (ratio) => Number(ratio.toFixed(2));
  const spread = { lowest: rounded(Math.min(...ratios)), highest: rounded(Math.max(...ratios)) };
  const row = { lines, ms: middle(times.app), ratio: rounded(middle(ratios)), ...spread };
  return [
    { name: 'application', ...row, grownMiB: Math.round(grownMiB) },
    { name: 'mysql2 stream', lines, ms: middle(times.floor), ratio: 1, lowest: 1, highest: 1 },
  ];
}

async function streamed(url, headers, sizeMiB) {
  const [began, before] = [performance.now(), sizeMiB()];
  const response = await fetch(url, {
    headers: { ...headers, 'accept-encoding': 'identity', 'accept-language': 'da' },
  });
  assert.equal(response.status, 200);
  const hash = createHash('sha256');
  let [lines, most] = [0, before];
  for await (const chunk of response.body) {
    hash.update(chunk);
    for (const byte of chunk) if (byte === 10) lines += 1;
    most = Math.max(most, sizeMiB());
  }
  return { lines, hash: hash.digest('hex'), grown: most - before, ms: Math.round(performance.now() - began) };
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
