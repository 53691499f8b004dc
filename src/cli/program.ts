import { Command } from 'commander';
import { addAccountsCommands } from './accounts.commands.js';
import { addDatabaseCommands } from './database.commands.js';
import { addDemoCommands } from './demo.commands.js';
import { addKeysCommands } from './keys.commands.js';
import { addOperationsCommands } from './operations.commands.js';
import { addPrivacyCommands } from './privacy.commands.js';
import { addSchoolsCommands } from './schools.commands.js';
import { addSettingsCommands } from './settings.commands.js';
import { addVerifyCommand } from './verify.command.js';

/** What an operator does from the command line. */
export function buildProgram(): Command {
  const program = new Command('just-driving').description('What an operator does from the command line.');
  const groups: [title: string, add: (group: Command) => void][] = [
    ['Database and settings:', addDatabaseCommands],
    ['Database and settings:', addSettingsCommands],
    ['Database and settings:', addKeysCommands],
    ['People and schools:', addAccountsCommands],
    ['People and schools:', addSchoolsCommands],
    ['People and schools:', addPrivacyCommands],
    ['People and schools:', addDemoCommands],
    ['Running:', addVerifyCommand],
    ['Running:', addOperationsCommands],
  ];
  for (const [title, add] of groups) add(program.commandsGroup(title));
  return program;
}
