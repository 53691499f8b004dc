import { createRequire } from 'node:module';
import { isWinAnsi, winAnsi } from './win-ansi.js';

export type Weight = 'regular' | 'bold';

const packages = createRequire(import.meta.url);

const builtIn = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const;
const embedded = { regular: fontFile('DejaVuSans.ttf'), bold: fontFile('DejaVuSans-Bold.ttf') } as const;

/** The font that shows a text: the reader's own where it can, else one with Greek, Cyrillic, Arabic and most others, put into the file. */
export function fontOf(text: string, weight: Weight): string {
  return isWinAnsi(text) ? builtIn[weight] : embedded[weight];
}

/** The text as that font shows it. */
export function printable(text: string): string {
  return isWinAnsi(text) ? winAnsi(text) : text.normalize('NFC').replace(/\s/gu, ' ');
}

function fontFile(name: string): string {
  return packages.resolve(`dejavu-fonts-ttf/ttf/${name}`);
}
