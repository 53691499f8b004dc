// Who imports whom: first the tree as it is, then one planted breach per rule, so that a rule that finds nothing is found out.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs').forbidden;

const breaches = {
  'no-cycles': { 'src/platform/a.ts': "import './b.js';", 'src/platform/b.ts': "import './a.js';" },
  'front-door-only': {
    'src/modules/bookings/domain/a.ts': "import '../../schools/domain/b.js';",
    'src/modules/schools/domain/b.ts': '',
  },
  'platform-has-no-business': {
    'src/platform/c.ts': "import '../modules/schools/index.js';",
    'src/modules/schools/index.ts': '',
  },
  'integrations-through-front-doors': { 'src/integrations/stripe/a.ts': "import '../../modules/schools/domain/b.js';" },
  'integrations-stand-alone': {
    'src/integrations/stripe/b.ts': "import '../twilio/a.js';",
    'src/integrations/twilio/a.ts': '',
  },
  'nobody-imports-integrations': {
    'src/modules/finance/use-cases/a.ts': "import '../../../integrations/twilio/a.js';",
  },
  'domain-is-pure': { 'src/modules/finance/domain/a.ts': "import '@nestjs/common';" },
  'sandbox-stands-alone': { 'sandbox/a.ts': "import '../src/main.js';", 'src/main.ts': '' },
  'src-without-sandbox': { 'src/a.ts': "import '../sandbox/b.js';", 'sandbox/b.ts': '' },
  'no-dev-dependencies-in-production': { 'src/b.ts': "import 'jest';" },
  resolvable: { 'src/c.ts': "import './nowhere.js';" },
};
for (const { name } of rules.filter((rule) => rule.name.endsWith('-not-rightwards'))) {
  const module = name.replace('-not-rightwards', '');
  breaches[name] = {
    [`src/modules/${module}/z.ts`]: "import '../reporting/index.js';",
    'src/modules/reporting/index.ts': '',
  };
}

function cruise(directory) {
  const bin = path.join(root, 'node_modules/.bin/depcruise');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'sandbox'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout) throw new Error(`dependency-cruiser said nothing: ${stderr}`);
  return JSON.parse(stdout).summary;
}

function plantedTree() {
  const directory = mkdtempSync(path.join(tmpdir(), 'boundaries-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(path.join(root, file), path.join(directory, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
  for (const files of Object.values(breaches)) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), `${text}\nexport {};\n`);
    }
  }
  return directory;
}

const { violations, totalCruised } = cruise(root);
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);

const directory = plantedTree();
const found = new Set(cruise(directory).violations.map(({ rule }) => rule.name));
rmSync(directory, { recursive: true });
const blind = rules.map(({ name }) => name).filter((name) => !found.has(name));
for (const name of blind) console.error(`${name}: did not find its planted breach`);

console.log(
  `${totalCruised} files, ${violations.length} breaches; ${rules.length - blind.length} of ${rules.length} rules found their planted breach`,
);
process.exitCode = violations.length + blind.length > 0 ? 1 : 0;
