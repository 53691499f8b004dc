import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { configSections, variablesOf, type SectionClass } from './config.section.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every wrong or missing variable at once, so that an operator mends them in one go. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nEvery variable is described in .env.example.`,
    );
  }
}

/** Reads and validates sections, by default all there are. @throws InvalidConfig with every problem found */
export function readConfig(
  env: Environment,
  types = configSections().map(({ type }) => type),
): Map<SectionClass, object> {
  const problems: string[] = [];
  const values = new Map<SectionClass, object>();
  for (const type of types) {
    const section = readSection(type, env);
    values.set(type, section.value);
    problems.push(...section.problems);
  }
  if (problems.length > 0) throw new InvalidConfig(problems);
  return values;
}

function readSection(type: SectionClass, env: Environment): { value: object; problems: string[] } {
  const local = ['local', 'test'].includes(env['APP_ENV'] ?? 'local');
  const raw: Record<string, unknown> = {};
  for (const variable of variablesOf(type)) {
    const given = env[variable.name];
    const value =
      given === undefined || given === '' ? ((local ? variable.localDefault : undefined) ?? variable.default) : given;
    if (value !== undefined) raw[variable.property] = convert(type, variable.property, value);
  }
  const value = plainToInstance(type, raw, { exposeDefaultValues: true });
  const problems = validateSync(value, { forbidUnknownValues: false }).map((error) => {
    const variable = variablesOf(type).find((each) => each.property === error.property);
    const reasons = Object.values(error.constraints ?? {}).map((text) => text.replace(error.property, '').trim());
    const state = raw[error.property] === undefined ? 'is missing: it ' : '';
    return `${variable?.name ?? error.property} ${state}${reasons.join(', ')}`;
  });
  return { value, problems };
}

// The environment knows text alone; the property's declared type says what it means.
function convert(type: SectionClass, property: string, value: string | number | boolean): unknown {
  const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, property);
  if (declared === Number) return Number(value);
  if (declared === Boolean)
    return typeof value === 'boolean' ? value : (booleans[String(value).toLowerCase()] ?? value);
  return String(value);
}

const booleans: Record<string, boolean> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};
