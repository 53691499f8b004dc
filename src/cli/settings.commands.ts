import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import '../app.module.js';
import { envExample } from '../platform/config/env-example.js';

const file = '.env.example';

export function addSettingsCommands(program: Command): void {
  program
    .command('env-example')
    .description(`write ${file} from the settings the code declares`)
    .option('--check', 'only say whether it is up to date')
    .action(({ check }: { check?: boolean }) => (check ? checkExample() : writeFileSync(file, envExample())));
}

function checkExample(): void {
  if (readFileSync(file, 'utf8') !== envExample())
    throw new Error(`${file} differs from the code: run \`npm run env-example\`.`);
  console.log(`${file} names every variable the code reads.`);
}
