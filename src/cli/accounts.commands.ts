import type { INestApplicationContext } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { type Command, InvalidArgumentError } from 'commander';
import { CreatePlatformAdmin, DisableSecondFactor, EndOwnSession, UserContacts } from '../modules/identity/index.js';
import type { Id } from '../platform/values/id.js';
import { withApplication } from './application.js';
import { askSecret } from './secret-input.js';

export function addAccountsCommands(program: Command): void {
  program
    .command('create-admin')
    .description('make somebody a platform administrator; the password is asked for, or read from standard input')
    .requiredOption('--email <address>', 'the login', address)
    .requiredOption('--name <name>', 'full name')
    .action(createAdmin);
  program
    .command('disable-second-factor')
    .description('let somebody who has lost phone and recovery codes sign in with the password alone')
    .argument('<address>', 'the login', address)
    .action(disableSecondFactor);
  program
    .command('end-sessions')
    .description('sign somebody out everywhere')
    .argument('<address>', 'the login', address)
    .action(endSessions);
}

async function createAdmin({ email, name }: { email: string; name: string }): Promise<void> {
  const password = await askSecret(`Password of ${email}: `);
  await withApplication((app) => app.get(CreatePlatformAdmin, { strict: false }).execute({ email, name, password }));
  console.log(`${email} runs the platform now.`);
}

async function disableSecondFactor(email: string): Promise<void> {
  const had = await withApplication(async (app) =>
    app.get(DisableSecondFactor, { strict: false }).execute(await userOf(app, email)),
  );
  console.log(had ? `${email} signs in with the password alone now.` : `${email} has no second factor.`);
}

async function endSessions(email: string): Promise<void> {
  await withApplication(async (app) => app.get(EndOwnSession, { strict: false }).all(await userOf(app, email)));
  console.log(`${email} is signed out everywhere.`);
}

async function userOf(app: INestApplicationContext, email: string): Promise<Id> {
  const userId = await app.get(UserContacts, { strict: false }).idOf(email);
  if (!userId) throw new Error(`Nobody signs in as ${email}.`);
  return userId;
}

function address(text: string): string {
  if (!isEmail(text)) throw new InvalidArgumentError('It is no e-mail address.');
  return text;
}
