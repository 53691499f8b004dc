import 'reflect-metadata';

/** Variables as the process or a file has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where real people, or copies of their data, are served. */
export type ServedEnvironment = 'staging' | 'production';

/** Says why a setting may not be what it is in such an environment; undefined when it may. Never repeats the value. */
export type SafetyCheck = (
  value: string,
  served: { readonly environment: ServedEnvironment; readonly env: Environment },
) => string | undefined;

export interface EnvOptions {
  /** What it is for and what happens without it; goes into .env.example. */
  readonly description: string;
  readonly example?: string;
  /** Never printed, not even in an error; may also come from the file that `<NAME>_FILE` names. */
  readonly secret?: boolean;
  /** Used when the variable is not set, in every environment. */
  readonly default?: string | number | boolean;
  /** Used when the variable is not set and APP_ENV is local or test. */
  readonly localDefault?: string | number | boolean;
  /** Asked in staging and production. */
  readonly unsafe?: SafetyCheck;
}

export interface EnvVariable extends EnvOptions {
  readonly name: string;
  readonly property: string;
}

export type SectionClass<T extends object = object> = new () => T;

interface Section {
  readonly title: string;
  readonly type: SectionClass;
}

const sections: Section[] = [];
const variables = new WeakMap<object, EnvVariable[]>();

/** Marks a class as one concern's settings; the title becomes its heading in .env.example. */
export function ConfigSection(title: string): ClassDecorator {
  return (target) => {
    sections.push({ title, type: target as unknown as SectionClass });
  };
}

/** Binds a property to an environment variable; class-validator's decorators beside it say what is valid. */
export function Env(name: string, options: EnvOptions): PropertyDecorator {
  return (target, property) => {
    const known = variables.get(target) ?? [];
    variables.set(target, [...known, { name, property: String(property), ...options }]);
  };
}

export function configSections(): readonly Section[] {
  return sections;
}

export function variablesOf(type: SectionClass): readonly EnvVariable[] {
  return variables.get(type.prototype as object) ?? [];
}
