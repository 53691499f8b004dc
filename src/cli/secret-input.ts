import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks for a secret without showing it, or reads the first line of what is piped in. Never an argument: those are in every process list. */
export async function askSecret(question: string): Promise<string> {
  const { isTTY } = process.stdin;
  if (isTTY) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTTY });
  try {
    for await (const line of lines) return line;
    throw new Error('Nothing was given.');
  } finally {
    lines.close();
    if (isTTY) process.stderr.write('\n');
  }
}
