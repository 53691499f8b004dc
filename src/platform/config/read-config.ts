import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import {
  configSections,
  type Environment,
  type EnvVariable,
  type SectionClass,
  variablesOf,
} from './config.section.js';
import { servedEnvironment } from './safety.js';

/** Every wrong, missing or unsafe variable at once, so that an operator mends them in one go. */
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

type Raw = string | number | boolean | undefined;

function readSection(type: SectionClass, env: Environment): { value: object; problems: string[] } {
  const problems: string[] = [];
  const raw: Record<string, unknown> = {};
  for (const variable of variablesOf(type)) {
    const { value, problem } = readVariable(variable, env);
    if (problem) problems.push(`${variable.name} ${problem}`);
    if (value !== undefined) raw[variable.property] = convert(type, variable.property, value);
  }
  const value = plainToInstance(type, raw, { exposeDefaultValues: true });
  const wrong = validateSync(value, { forbidUnknownValues: false }).map((error) => {
    const variable = variablesOf(type).find((each) => each.property === error.property);
    const reasons = Object.values(error.constraints ?? {}).map((text) => text.replace(error.property, '').trim());
    const state = raw[error.property] === undefined ? 'is missing: it ' : '';
    return `${variable?.name ?? error.property} ${state}${reasons.join(', ')}`;
  });
  return { value, problems: [...wrong, ...problems] };
}

function readVariable(variable: EnvVariable, env: Environment): { value: Raw; problem?: string } {
  try {
    const local = ['local', 'test'].includes(env['APP_ENV'] ?? 'local');
    const value = given(variable, env) ?? (local ? variable.localDefault : undefined) ?? variable.default;
    return { value, problem: unsafe(variable, value, env) };
  } catch (error) {
    return { value: undefined, problem: (error as Error).message };
  }
}

/** The variable's own value, or for a secret the content of the file that `<NAME>_FILE` names. @throws Error saying what is wrong */
function given({ name, secret }: EnvVariable, env: Environment): string | undefined {
  const value = env[name] || undefined;
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return value;
  if (value) throw new Error(`and ${name}_FILE are both set: keep one`);
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    throw new Error(`cannot be read from the file that ${name}_FILE names (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

/** Why the value may not be used where real people are served. */
function unsafe(
  { secret, localDefault, unsafe: check }: EnvVariable,
  value: Raw,
  env: Environment,
): string | undefined {
  const environment = servedEnvironment(env);
  if (!environment) return undefined;
  const text = value === undefined || value === '' ? undefined : String(value);
  if (secret && text !== undefined && text === localDefault) return 'is the one that every laptop has: make your own';
  return text === undefined ? undefined : check?.(text, { environment, env });
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
