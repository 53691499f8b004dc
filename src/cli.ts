import 'reflect-metadata';
import { Command } from 'commander';
import { addDatabaseCommands } from './cli/database.commands.js';
import { addDemoCommands } from './cli/demo.commands.js';
import { addKeysCommands } from './cli/keys.commands.js';
import { addSettingsCommands } from './cli/settings.commands.js';
import { addVerifyCommand } from './cli/verify.command.js';

const program = new Command('just-driving').description('What an operator does from the command line.');
addDatabaseCommands(program);
addDemoCommands(program);
addKeysCommands(program);
addSettingsCommands(program);
addVerifyCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // An application that failed to start may leave connections open.
  process.exit(1);
}
