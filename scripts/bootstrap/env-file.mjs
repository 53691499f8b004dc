import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import util from 'node:util';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

// Needed before the application runs; it reads its other secrets' files itself.
const readHere = ['DATABASE_URL', 'REDIS_URL'];

/** The reader's settings: `.env`, overruled by the environment. Variables set to nothing count as not set. */
export function readSettings(file = join(root, '.env'), environment = process.env) {
  const given = { ...readEnvFile(file), ...withoutEmpty(environment) };
  return withAddressesFromFiles(withoutEmpty(given));
}

function readEnvFile(file) {
  try {
    return util.parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

function withAddressesFromFiles(settings) {
  const result = { ...settings };
  for (const name of readHere) {
    const file = `${name}_FILE`;
    if (result[file] === undefined || result[name] !== undefined) continue;
    result[name] = readSecret(file, result[file]);
    delete result[file];
  }
  return result;
}

function readSecret(variable, path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Problem(
      `The file that ${variable} names cannot be read (${error.code}).`,
      `Mend ${variable}, or remove it.`,
    );
  }
}

function withoutEmpty(variables) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}
