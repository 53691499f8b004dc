import { isEmail } from 'class-validator';
import { type Command, InvalidArgumentError } from 'commander';
import { CreatePlatformAdmin } from '../modules/identity/index.js';
import { withApplication } from './application.js';
import { askSecret } from './secret-input.js';

export function addAccountsCommands(program: Command): void {
  program
    .command('create-admin')
    .description('make somebody a platform administrator; the password is asked for, or read from standard input')
    .requiredOption('--email <address>', 'the login', address)
    .requiredOption('--name <name>', 'full name')
    .action(createAdmin);
}

async function createAdmin({ email, name }: { email: string; name: string }): Promise<void> {
  const password = await askSecret(`Password of ${email}: `);
  await withApplication((app) => app.get(CreatePlatformAdmin, { strict: false }).execute({ email, name, password }));
  console.log(`${email} runs the platform now.`);
}

function address(text: string): string {
  if (!isEmail(text)) throw new InvalidArgumentError('It is no e-mail address.');
  return text;
}
