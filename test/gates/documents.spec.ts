import { expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => path.join('docs', file));
const documents = ['README.md', 'CONTRIBUTING.md', ...inDocs.filter((file) => file.endsWith('.md'))];

// Of another site, or of this page.
const leadsOut = /^([a-z]+:|#)/;
const link = /\]\(([^)\s]+)\)/g;
const namedFile = /`((?:test|src|docker|scripts)\/[\w./-]+\.\w+)`/g;

it('every file that a document links or names is there', () => {
  const named = documents.flatMap((document) => pathsIn(document, readFileSync(document, 'utf8')));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ file }) => !existsSync(file))).toEqual([]);
});

function pathsIn(document: string, text: string) {
  const links = matchesOf(link, text)
    .filter((to) => !leadsOut.test(to))
    .map((to) => path.join(path.dirname(document), to.replace(/#.*$/, '')));
  return [...links, ...matchesOf(namedFile, text)].map((file) => ({ document, file }));
}

function matchesOf(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found!);
}
