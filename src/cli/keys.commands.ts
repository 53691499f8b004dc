import type { Command } from 'commander';
import { RotateKeys } from '../platform/crypto/rotate-keys.js';
import { withApplication } from './application.js';
import { withProgress } from './progress.js';

export function addKeysCommands(program: Command): void {
  program
    .command('rotate-keys')
    .description(
      'seal with ENCRYPTION_KEY what one of ENCRYPTION_KEYS_ACCEPTED has sealed; the application goes on meanwhile',
    )
    .action(() =>
      withApplication(async (app) => {
        const done = await withProgress('Sealing anew', ({ to }) => app.get(RotateKeys, { strict: false }).execute(to));
        console.log(done === 0 ? 'Everything is sealed with the key in force.' : `${done} values were sealed anew.`);
      }),
    );
}
