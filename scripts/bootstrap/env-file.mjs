import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import util from 'node:util';
import { root } from './paths.mjs';

/** The reader's settings: `.env`, overruled by the environment. Variables set to nothing count as not set. */
export function readSettings(file = join(root, '.env'), environment = process.env) {
  const given = { ...readEnvFile(file), ...withoutEmpty(environment) };
  return withoutEmpty(given);
}

function readEnvFile(file) {
  try {
    return util.parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

function withoutEmpty(variables) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}
