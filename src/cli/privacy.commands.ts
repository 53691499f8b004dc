import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SchoolSchema } from '../modules/schools/index.js';
import { EraseStudent, type ErasureReason, erasureReasons } from '../modules/students/index.js';
import { globalQuery, type Tables } from '../platform/database/query.js';
import { inSchool } from '../platform/tenancy/tenancy.js';
import { type Id, isId } from '../platform/values/id.js';
import { withApplication } from './application.js';

export function addPrivacyCommands(program: Command): void {
  program
    .command('anonymise')
    .description('erase what is kept about a student, but for what the law keeps until its day; a worker does it')
    .argument('<school>', 'the school’s short name')
    .argument('<studentId>', 'the student’s id', studentId)
    .addOption(new Option('--reason <reason>', 'goes into the audit log').choices(erasureReasons).makeOptionMandatory())
    .action((slug: string, student: Id, { reason }: { reason: ErasureReason }) =>
      withApplication(async (app) => {
        const school = await schoolOf(app, slug);
        const { parts } = await inSchool(school, () =>
          app.get(EraseStudent, { strict: false }).execute(null, student, reason),
        );
        for (const { part, state, keptUntil } of parts) {
          console.log(`${part}: ${state}${keptUntil ? ` until ${keptUntil}` : ''}`);
        }
        console.log('Asked for again, this says how far it is.');
      }),
    );
}

async function schoolOf(app: INestApplicationContext, slug: string): Promise<Id> {
  const row = await globalQuery<Tables<typeof SchoolSchema>>(app.get<EntityManager>(EntityManager))
    .selectFrom('schools')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!row) throw new Error(`No school is called ${slug}.`);
  return row.id;
}

function studentId(text: string): Id {
  if (!isId(text)) throw new InvalidArgumentError('It is no id.');
  return text;
}
