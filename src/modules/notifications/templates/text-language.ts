import { filters, Liquid, type Template, Tokenizer } from 'liquidjs';

/** What a text may do beside naming variables. No loops and no assignments, so a text is never much longer than its data. */
export const textTags = ['if', 'unless', 'case', 'comment'] as const;
export const textFilters = ['default', 'upcase', 'downcase', 'capitalize', 'strip', 'truncate'] as const;

/** The longest text that is read at all, in characters. */
export const longestSource = 10_000;

// Far more than the longest list of lessons, and the longest line of one.
const longestValue = 20_000;
const tooLongLine = /[^\n]{6000}[^\n]+/g;
const mostCompiled = 5_000;

// Line ends are kept for lists. The marks that turn the reading direction around make one name look like another.
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A value as it stands in a text. */
export function plainValue(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text
    .slice(0, longestValue)
    .replace(tooLongLine, (line) => `${line.slice(0, 5_997)}...`)
    .toWellFormed()
    .replace(invisible, (each) => (each === '\n' ? each : ' '));
}

/**
 * Liquid, cut down to what a text needs. Whoever writes a text can read the data of its kind and nothing else: no files, no
 * prototypes, no JavaScript. Nothing is escaped here: a text is plain, and is escaped as a whole where it becomes HTML.
 */
const language = new Liquid({
  templates: {},
  ownPropertyOnly: true,
  jsTruthy: true,
  strictFilters: true,
  outputEscape: plainValue,
  parseLimit: longestSource,
  renderLimit: 1_000,
  memoryLimit: 10_000_000,
});
// A range such as (1..9000000) would be made whole, for seconds in which nothing else runs. No option leaves ranges out.
Tokenizer.prototype.readGroupOrRange = function readNoRange(this: Tokenizer): undefined {
  this.skipBlank();
  this.assert(this.peek() !== '(', 'nothing may stand in brackets here');
};
for (const name of Object.keys(language.tags)) if (!isOneOf(textTags, name)) delete language.tags[name];
for (const name of Object.keys(filters)) if (!isOneOf(textFilters, name)) language.unregisterFilter(name);

const compiled = new Map<string, Template[]>();

/** A text in its reader's words; a variable that has no value is empty. @throws LiquidError for a text that does not parse */
export function fillIn(source: string, data: object): string {
  if (!source.includes('{')) return source;
  return language.renderSync(compile(source), data) as string;
}

/** The variables that a text names, each once: `lesson.moment`. @throws LiquidError for a text that does not parse */
export function namedIn(source: string): readonly string[] {
  return language.fullVariablesSync(compile(source));
}

// The built-in texts are a few hundred; those of the schools come on top, and the oldest make room.
function compile(source: string): Template[] {
  const known = compiled.get(source);
  if (known) return known;
  const template = language.parse(source);
  if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value!);
  compiled.set(source, template);
  return template;
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
