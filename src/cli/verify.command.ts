import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { SchoolSchema } from '../modules/schools/index.js';
import { globalQuery, type Tables } from '../platform/database/query.js';
import { Verification } from '../platform/verification/verification.js';
import { withApplication } from './application.js';

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('prove on the live database that diary and money add up; changes nothing')
    .action(() => withApplication(verify));
}

async function verify(app: INestApplicationContext): Promise<void> {
  const schools = await globalQuery<Tables<typeof SchoolSchema>>(app.get<EntityManager>(EntityManager))
    .selectFrom('schools')
    .select(['id', 'name'])
    .orderBy('id')
    .execute();
  let wrong = 0;
  for (const school of schools) {
    for (const { subject, findings } of await app.get(Verification).ofSchool(school.id)) {
      console.log(`${findings.length === 0 ? '✓' : '✗'} ${school.name}: ${subject}`);
      for (const finding of findings) console.log(`    ${finding}`);
      wrong += findings.length;
    }
  }
  if (wrong > 0) throw new Error(`${wrong} things do not add up.`);
  console.log(`${schools.length} schools verified.`);
}
