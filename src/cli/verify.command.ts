import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { SchoolSchema } from '../modules/schools/index.js';
import { globalQuery, type Tables } from '../platform/database/query.js';
import { References } from '../platform/verification/references.js';
import { Verification } from '../platform/verification/verification.js';
import { withApplication } from './application.js';
import { withProgress } from './progress.js';

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('prove on the live database that diary, money and tenancy are right; changes nothing')
    .action(() => withApplication(verify));
}

interface Proof {
  readonly subject: string;
  readonly findings: readonly string[];
}

async function verify(app: INestApplicationContext): Promise<void> {
  const references = app.get(References, { strict: false });
  const ofAll = await withProgress('References', ({ to }) => references.verify(to));
  const proofs: Proof[] = [{ subject: 'tenancy: every reference holds', findings: ofAll }];
  const schools = await schoolsOf(app);
  await withProgress('Schools', async ({ to }) => {
    for (const [index, school] of schools.entries()) {
      for (const { subject, findings } of await app.get(Verification).ofSchool(school.id)) {
        proofs.push({ subject: `${school.name}: ${subject}`, findings });
      }
      to(index + 1, schools.length);
    }
  });
  report(proofs);
  console.log(`${schools.length} schools verified.`);
}

function schoolsOf(app: INestApplicationContext) {
  return globalQuery<Tables<typeof SchoolSchema>>(app.get<EntityManager>(EntityManager))
    .selectFrom('schools')
    .select(['id', 'name'])
    .orderBy('id')
    .execute();
}

/** @throws Error when something is wrong */
function report(proofs: readonly Proof[]): void {
  for (const { subject, findings } of proofs) {
    console.log(`${findings.length === 0 ? '✓' : '✗'} ${subject}`);
    for (const finding of findings) console.log(`    ${finding}`);
  }
  const wrong = proofs.reduce((sum, { findings }) => sum + findings.length, 0);
  if (wrong > 0) throw new Error(`${wrong} things do not add up.`);
}
