import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Permission, permissions } from '../../src/modules/identity/domain/permissions.js';

const roles = [
  'signed_in',
  'platform_admin',
  'owner',
  'office',
  'teacher',
  'student',
  'guardian',
  'partner',
  'platform_partner',
];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

it('docs/permissions.md shows the catalogue as it is', () => {
  const rows = (Object.keys(permissions) as Permission[]).map((name) => {
    const granted: readonly string[] = permissions[name];
    return row([`\`${name}\``, ...roles.map((role) => (granted.includes(role) ? 'x' : ''))]);
  });
  // However the columns are aligned.
  const shown = readFileSync('docs/permissions.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('---'))
    .map((line) =>
      row(
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    );
  expect(shown).toEqual([row(['permission', ...roles]), ...rows]);
});
