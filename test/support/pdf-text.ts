import { inflateSync } from 'node:zlib';

const stream = /stream\r?\n([\s\S]*?)\r?\nendstream/g;
const shown = /\[([^\]]*)\] TJ/g;

/** What a PDF of ours says in its reader's own fonts, each piece of text on a line. */
export function pdfText(pdf: Buffer): string {
  const pages = [...pdf.toString('latin1').matchAll(stream)].map(([, packed]) => unpacked(packed!));
  const texts = pages.flatMap((page) => [...page.matchAll(shown)].map(([, pieces]) => decoded(pieces!)));
  return texts.join('\n');
}

/** Images and fonts are packed in ways of their own. */
function unpacked(content: string): string {
  try {
    return inflateSync(Buffer.from(content, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
}

function decoded(pieces: string): string {
  const hex = [...pieces.matchAll(/<([\da-f]*)>/g)].map(([, digits]) => digits).join('');
  return new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex'));
}
