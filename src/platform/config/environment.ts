import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Environment, SectionClass } from './config.section.js';
import { readConfig } from './read-config.js';

/** The process environment above the file .env; tests take the former alone. The only code that reads either. */
export function environment(): Environment {
  if (process.env['APP_ENV'] === 'test' || !existsSync('.env')) return process.env;
  return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env };
}

/** One section, for what runs without the application: migrations, the choice of the role. @throws InvalidConfig */
export function readSectionFromEnvironment<T extends object>(type: SectionClass<T>): T {
  return readConfig(environment(), [type]).get(type) as T;
}
