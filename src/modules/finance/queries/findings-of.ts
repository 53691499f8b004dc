import type { EntityManager } from '@mikro-orm/mysql';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { idFromBytes, idToBytes } from '../../../platform/values/id.js';
import type { FinanceCheck } from './finance-checks.js';

const shownOfEach = 100;

/** What the checks find at the current school, a line each. */
export async function findingsOf(em: EntityManager, checks: readonly FinanceCheck[]): Promise<string[]> {
  const findings: string[] = [];
  for (const check of checks) findings.push(...(await broken(em, check)));
  return findings;
}

async function broken(em: EntityManager, { name, sql }: FinanceCheck): Promise<string[]> {
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
