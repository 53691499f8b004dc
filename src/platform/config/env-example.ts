import { configSections, type EnvVariable, variablesOf } from './config.section.js';

/** The text of .env.example: every variable the code reads, under its section's heading. */
export function envExample(): string {
  const titles = [...new Set(configSections().map(({ title }) => title))];
  return [
    '# Every variable the application reads. Copy to .env and uncomment what you change; `npm start` needs none of them.',
    ...titles.flatMap((title) => ['', `# --- ${title} ---`, ...variablesUnder(title).flatMap(describe)]),
    '',
  ].join('\n');
}

function variablesUnder(title: string): EnvVariable[] {
  return configSections()
    .filter((section) => section.title === title)
    .flatMap(({ type }) => [...variablesOf(type)]);
}

function describe({ name, description, example, default: fallback, localDefault, secret }: EnvVariable): string[] {
  const notes = [
    secret && 'secret',
    fallback !== undefined && `default: ${fallback}`,
    fallback === undefined && localDefault !== undefined && 'has a default on a laptop, required elsewhere',
  ].filter(Boolean);
  return [
    '',
    `# ${description}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
    `#${name}=${example ?? fallback ?? ''}`,
  ];
}
