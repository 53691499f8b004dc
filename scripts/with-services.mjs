/*
 * Runs a command with a database and a Redis of its own, empty and gone afterwards:
 *   node scripts/with-services.mjs -- <command> [arguments]
 * The command finds them in TEST_DATABASE_URL (a server without a database's name) and TEST_REDIS_URL; when these are
 * set already, it gets those. Exits as the command does.
 */
import { runWithServices } from './bootstrap/temporary-services.mjs';

const [separator, ...command] = process.argv.slice(2);
if (separator !== '--' || command.length === 0) {
  process.stderr.write('Usage: node scripts/with-services.mjs -- <command> [arguments]\n');
  process.exit(2);
}
process.exit(await runWithServices(() => command));
