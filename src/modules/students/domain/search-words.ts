import { defineEntity } from '@mikro-orm/core';
import { id, schoolScoped, text } from '../../../platform/database/columns.js';

const longestWord = 100;
const longestEntry = 240;

/**
 * By what a student is found: an entry begins with a word of his, and goes on with his name, so that the index has what is found
 * in order. Kept by KeepSearchWords alone.
 */
export const StudentSearchWordSchema = defineEntity({
  name: 'StudentSearchWord',
  tableName: 'student_search_words',
  ...schoolScoped,
  indexes: [{ name: 'student_search_words_entry_index', properties: ['schoolId', 'entry', 'studentId'] }],
  properties: {
    schoolId: id().primary(),
    studentId: id().primary(),
    entry: text(longestEntry).collation('utf8mb4_bin').primary(),
  },
});

export interface Findable {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly postcode?: string | null;
}

const danishLetters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ä: 'ae', ö: 'oe', ß: 'ss' };

/** What is kept of a student: an entry for each word of his name, his address, his number with and without country, his postcode. */
export function searchEntries({ name, email, phone, postcode }: Findable): string[] {
  const number = phone?.replace('+', '') ?? '';
  const words = [
    ...wordsOf(name),
    folded(email),
    number,
    number.replace(/^45(?=\d{8}$)/, ''),
    ...wordsOf(postcode ?? ''),
  ];
  const entries = words
    .filter((word) => word !== '')
    .map((word) => `${word.slice(0, longestWord)} ${name.toLowerCase()}`.slice(0, longestEntry).toWellFormed());
  // Of the entries, not of the words: two long words may begin alike.
  return [...new Set(entries)];
}

/** The words of a question. A number is one word, however it is spaced; an address too. */
export function searchWords(question: string): string[] {
  const parts = question
    .replaceAll(/(?<=\d)[\s.()/-]+(?=\d)/g, '')
    .replaceAll(/(^|\s)(\+|00)(?=\d)/g, '$1')
    .split(/\s+/);
  const words = parts.flatMap((part) => (part.includes('@') ? [folded(part)] : wordsOf(part)));
  return [...new Set(words)].map((word) => word.slice(0, longestWord));
}

function wordsOf(written: string): string[] {
  return folded(written)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Without case and accents, and with Danish letters as those write them whose keyboard has none. */
function folded(written: string): string {
  return written
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[æøåäöß]/g, (letter) => danishLetters[letter]!)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
