import fc, { type Arbitrary } from 'fast-check';

const oddNumbers = [-1, 0, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, Number.MIN_VALUE];

const unreadable = ['', ' ', '\0', 'a\0b', '\ud800', '\u202e', '😀'.repeat(200), 'x'.repeat(5_000)];
const mistaken = ['true', 'null', '[object Object]', '+45', '1e5', '٣'];
const impossibleDates = ['2026-02-30', '9999-12-31T23:59:60Z', '0000-00-00', '2026-13-45T99:99:99Z', '-271821-04-20'];
const sqlOrMarkup = [
  "' OR 1=1 -- ",
  '"; DROP TABLE students; --',
  '%',
  '_',
  '\\',
  '../../etc/passwd',
  '{{7*7}}',
  '<script>',
];
const oddTexts = [...unreadable, ...mistaken, ...impossibleDates, ...sqlOrMarkup];

const oddShapes: readonly unknown[] = [
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"length":1e9}',
  '{"toString":"x"}',
  '{"then":"x"}',
  '{"$gt":""}',
  '['.repeat(200) + ']'.repeat(200),
].map((json) => JSON.parse(json) as unknown);

/** Values that no field asks for. */
export const oddValue: Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, ...oddNumbers, ...oddTexts, ...oddShapes) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.double() },
);

const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'id',
  'schoolId',
  'isAdmin',
  '',
  '\0',
  '$where',
  'a.b',
];

/** Spoils an allowed body in one place, or altogether. */
export function spoiled(body: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 1, arbitrary: oddValue },
    { weight: 2, arbitrary: fc.tuple(body, fc.nat(), oddValue).map(withOddField) },
    { weight: 1, arbitrary: fc.tuple(body, fc.nat()).map(withoutField) },
    { weight: 1, arbitrary: fc.tuple(body, fc.constantFrom(...oddNames), oddValue).map(withAddedField) },
  );
}

function withOddField([body, index, value]: [unknown, number, unknown]): unknown {
  const names = Object.keys(body ?? {});
  const name = names[index % names.length];
  return name === undefined ? value : { ...(body as object), [name]: value };
}

function withoutField([body, index]: [unknown, number]): unknown {
  const entries = Object.entries(body ?? {});
  return Object.fromEntries(entries.filter((_, each) => each !== index % entries.length));
}

function withAddedField([body, name, value]: [unknown, string, unknown]): unknown {
  // By definition, not by assignment: that would set the prototype.
  return Object.defineProperty({ ...(body as object) }, name, { value, enumerable: true });
}
