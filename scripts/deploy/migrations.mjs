import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../bootstrap/problem.mjs';

// What the release before would trip over while both run.
const contractions = [
  [/\bDROP\s+(COLUMN|TABLE|VIEW)\b/i, 'drops what may be read'],
  [/\bRENAME\s+(COLUMN|TABLE|TO)\b/i, 'renames what may be read'],
  [/\bCHANGE\s+(COLUMN\s+)?\S+\s+\S+\s+\w/i, 'renames or changes a column'],
  [
    /\bADD\s+(COLUMN\s+)?(?!CONSTRAINT|KEY|INDEX|UNIQUE|FOREIGN|CHECK|PRIMARY)\S+\s+(?:(?!,|DEFAULT|AS \()[\s\S])*\bNOT\s+NULL\b(?!(?:(?!,)[\s\S])*\b(DEFAULT|AS)\b)/i,
    'adds a column that must be given, without a default',
  ],
];

/** Migrations of this release that the one before does not have. */
export function newMigrations(before, release) {
  const of = ({ folder }) => {
    const migrations = join(folder, 'dist/migrations');
    return existsSync(migrations) ? readdirSync(migrations).filter((file) => /^Migration.*\.js$/.test(file)) : [];
  };
  const known = new Set(before ? of(before) : []);
  return before ? of(release).filter((file) => !known.has(file)) : [];
}

/** What of a migration's way up breaks a release that knows nothing of it; empty when nothing does. */
export function contractionsIn(source) {
  const up = source.split(/^\s*(?:async\s+)?down\s*\(/m)[0];
  return contractions.filter(([pattern]) => pattern.test(up)).map(([, what]) => what);
}

/** Expand first, contract in a later release. @throws Problem naming the migrations that do not */
export function refuseContraction(before, release) {
  const refused = newMigrations(before, release).flatMap((file) =>
    contractionsIn(readFileSync(join(release.folder, 'dist/migrations', file), 'utf8')).map(
      (what) => `${file} ${what}`,
    ),
  );
  if (refused.length === 0) return;
  throw new Problem(
    `${before.name} would run beside a database that it does not understand:\n  ${refused.join('\n  ')}`,
    `Nothing was changed. When no running version reads it any more: --contract`,
  );
}
