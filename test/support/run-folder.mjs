import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: a folder for what the workers of this run share. */
export default async function makeRunFolder() {
  process.env.TEST_RUN_FOLDER = await mkdtemp(join(tmpdir(), 'jd-tests-'));
}

export function removeRunFolder() {
  return rm(process.env.TEST_RUN_FOLDER, { recursive: true, force: true });
}
