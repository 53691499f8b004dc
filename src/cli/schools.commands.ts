import type { Command } from 'commander';
import { CreateSchool, CreateSchoolDto, splitLeads } from '../modules/schools/index.js';
import { RequestValidation } from '../platform/http/request-validation.js';
import { withApplication } from './application.js';

interface SchoolOptions {
  readonly ownerEmail: string;
  readonly ownerName: string;
  readonly ownerPhone?: string;
  readonly lessonReminders: string;
}

export function addSchoolsCommands(program: Command): void {
  program
    .command('create-school')
    .description('open a school and invite its owner by e-mail')
    .requiredOption('--slug <slug>', 'short name in addresses: lower-case letters, digits, dashes')
    .requiredOption('--name <name>', 'name as on invoices')
    .requiredOption('--cvr <number>', 'CVR number')
    .requiredOption('--email <address>', 'where students write to')
    .requiredOption('--phone <number>', 'where students call, with country code')
    .requiredOption('--address-line <text>', 'street and number')
    .requiredOption('--postcode <code>', 'postal code')
    .requiredOption('--city <name>', 'city')
    .requiredOption('--owner-email <address>', 'where the invitation goes; also the login')
    .requiredOption('--owner-name <name>', 'full name')
    .option('--owner-phone <number>', 'mobile number, with country code')
    .option('--locale <language>', 'da or en', 'da')
    .option('--lesson-reminders <minutes>', 'how long before a lesson its reminders are sent, comma-separated', '1440')
    .action(createSchool);
}

async function createSchool({ ownerEmail, ownerName, ownerPhone, ...options }: SchoolOptions): Promise<void> {
  const owner = { email: ownerEmail, name: ownerName, phone: ownerPhone };
  const input = { ...options, lessonReminders: splitLeads(options.lessonReminders), owner };
  // Held to what the API holds it to.
  const valid = await new RequestValidation().transform(input, { type: 'body', metatype: CreateSchoolDto });
  await withApplication(async (app) => {
    const { id, name } = await app.get(CreateSchool, { strict: false }).execute(valid as CreateSchoolDto);
    console.log(`${name} is open: ${id}. Its owner gets an invitation from the next worker that runs.`);
  });
}
