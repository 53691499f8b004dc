import { getMetadataStorage } from 'class-validator';
import { configSections, type EnvVariable, variablesOf } from './config.section.js';

// The others follow in the alphabet's order, not in that of imports.
const first = ['The application', 'Database and Redis'];

type Listed = EnvVariable & { readonly optional: boolean };

/** The text of .env.example: every variable the code reads, under its section's heading. */
export function envExample(): string {
  const titles = [
    ...first,
    ...configSections()
      .map(({ title }) => title)
      .toSorted(),
  ];
  return [
    '# Every variable the application reads. Copy to .env and uncomment what you change; `npm start` needs none of them.',
    ...[...new Set(titles)].flatMap((title) => ['', `# --- ${title} ---`, ...variablesUnder(title).flatMap(describe)]),
    '',
  ].join('\n');
}

function variablesUnder(title: string): Listed[] {
  return configSections()
    .filter((section) => section.title === title)
    .toSorted((a, b) => a.type.name.localeCompare(b.type.name))
    .flatMap(({ type }) =>
      variablesOf(type).map((variable) => ({ ...variable, optional: isOptional(type, variable) })),
    );
}

/** Whether there are installations that need not set it, as those of another provider. */
function isOptional(type: new () => object, { property }: EnvVariable): boolean {
  return getMetadataStorage()
    .getTargetValidationMetadatas(type, '', false, false)
    .some((rule) => rule.propertyName === property && rule.type === 'conditionalValidation');
}

function describe({ name, description, example, default: fallback, localDefault, secret, optional }: Listed): string[] {
  const notes = [
    secret && `secret, also from a file: ${name}_FILE`,
    fallback !== undefined && fallback !== '' && `default: ${fallback}`,
    fallback === undefined &&
      localDefault !== undefined &&
      `has a default on a laptop${optional ? '' : ', required elsewhere'}`,
  ].filter(Boolean);
  return [
    '',
    `# ${description}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
    `#${name}=${example ?? fallback ?? ''}`,
  ];
}
