import type { EntityManager } from '@mikro-orm/mysql';
import { currentSchool } from '../tenancy/tenancy.js';
import { idFromBytes, idToBytes } from '../values/id.js';

/** A statement that finds what must not be: one row (`subject`, `detail`) for each; `:school` is the school's id. */
export interface Check {
  readonly name: string;
  readonly sql: string;
}

const shownOfEach = 100;

/** What the checks find at the current school, a line each. */
export async function findingsOf(em: EntityManager, checks: readonly Check[]): Promise<string[]> {
  const findings: string[] = [];
  for (const check of checks) findings.push(...(await broken(em, check)));
  return findings;
}

async function broken(em: EntityManager, { name, sql }: Check): Promise<string[]> {
  const school = idToBytes(currentSchool());
  const bindings = Array.from(sql.matchAll(/:school/g), () => school);
  const statement = `${sql.replaceAll(':school', '?')} LIMIT ${shownOfEach}`;
  const rows = await em.fork().execute<{ subject: Buffer | string; detail: string }[]>(statement, bindings);
  return rows.map(({ subject, detail }) => `${name}: ${spoken(subject)} ${detail}`);
}

/** Some checks are about rows, others about accounts or numbers. */
function spoken(subject: Buffer | string): string {
  return Buffer.isBuffer(subject) ? idFromBytes(subject) : subject;
}
