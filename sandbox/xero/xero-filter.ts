import { textOf } from '../http/text-of.js';
import { XeroInvalid } from './xero-problem.js';

type Row = Readonly<Record<string, unknown>>;
type Test = (row: Row) => boolean;

const TOKEN = /\s*(\(|\)|AND\b|OR\b|&&|\|\||==|!=|>=|<=|"[^"]*"|DateTime\([\d,\s]+\)|[\w.]+)/y;

/** Reads Xero's `where`: comparisons and StartsWith, joined by AND and OR, with brackets. */
export function filterOf(where: string | undefined): Test {
  if (!where) return () => true;
  const words = wordsOf(where);
  const test = either(words);
  if (words.length > 0) throw new XeroInvalid(`the filter is not understood at ${words[0]}`);
  return test;
}

function wordsOf(where: string): string[] {
  const words: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < where.length) {
    const match = TOKEN.exec(where);
    if (!match) throw new XeroInvalid('the filter is not understood');
    words.push(match[1]!);
  }
  return words;
}

function either(words: string[]): Test {
  const tests = [both(words)];
  while (['OR', '||'].includes(words[0] ?? '')) {
    words.shift();
    tests.push(both(words));
  }
  return (row) => tests.some((test) => test(row));
}

function both(words: string[]): Test {
  const tests = [one(words)];
  while (['AND', '&&'].includes(words[0] ?? '')) {
    words.shift();
    tests.push(one(words));
  }
  return (row) => tests.every((test) => test(row));
}

function one(words: string[]): Test {
  const first = words.shift() ?? '';
  if (first === '(') {
    const test = either(words);
    if (words.shift() !== ')') throw new XeroInvalid('a bracket of the filter is not closed');
    return test;
  }
  const method = /^(\w+)\.StartsWith$/.exec(first)?.[1];
  if (method) {
    const [, text = '""'] = words.splice(0, 3);
    return (row) => textOf(row[method]).startsWith(valueOf(text));
  }
  const operator = words.shift() ?? '';
  const value = valueOf(words.shift() ?? '');
  return (row) => compare(row[first], operator, value);
}

function valueOf(word: string): string {
  if (word.startsWith('"')) return word.slice(1, -1);
  const date = /^DateTime\((\d+),\s*(\d+),\s*(\d+)\)$/.exec(word);
  if (!date) throw new XeroInvalid(`${word} is no value`);
  return [date[1]!, date[2]!.padStart(2, '0'), date[3]!.padStart(2, '0')].join('-');
}

function compare(given: unknown, operator: string, wanted: string): boolean {
  const value = textOf(given).slice(0, /^\d{4}-\d{2}-\d{2}$/.test(wanted) ? 10 : undefined);
  if (operator === '==') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (operator === '>=') return value >= wanted;
  if (operator === '<=') return value <= wanted;
  throw new XeroInvalid(`${operator} is no comparison`);
}
