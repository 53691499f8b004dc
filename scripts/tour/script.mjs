import { isDeepStrictEqual } from 'node:util';

/** Something is not as the story says. */
export class Mismatch extends Error {}

const isTerminal = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (isTerminal ? `\x1b[${code}m${text}\x1b[0m` : String(text));
const [bold, faint, green, cyan] = [paint('1'), paint('2'), paint('32'), paint('36')];

const say = (text = '') => process.stdout.write(`${text}\n`);

/** Begins a chapter of the story. */
export function chapter(number, title) {
  say(`\n${bold(`${number}. ${title}`)}`);
}

/** A sentence between the calls. */
export function tell(text) {
  say(`\n  ${text}`);
}

/** One call and its answer, shortened to what matters. */
export function showCall({ method, path, body, status, answer, milliseconds }) {
  say(`  ${cyan(method.padEnd(6))} ${path.replace(id, '…$1')} ${faint(`→ ${status}, ${Math.round(milliseconds)} ms`)}`);
  if (body !== undefined) say(faint(`         ${brief(body)}`));
  if (answer !== undefined) say(`         ${brief(answer)}`);
}

/** What lies in the sandbox's mailbox. */
export function showMessage({ kind, to, subject, text, attachments = [], segments }) {
  const papers = attachments.map(({ name, bytes }) => ` [${name}, ${bytes} bytes]`).join('');
  const what =
    kind === 'email' ? `${subject}${papers}` : `${text} ${faint(`(${segments} part${segments === 1 ? '' : 's'})`)}`;
  say(`  ${cyan(kind.padEnd(6))} ${faint(to.join(', '))} ${what}`);
}

/** Says what was proven. @throws Mismatch when it is not so */
export function check(claim, isSo, found) {
  if (!isSo) throw new Mismatch(found === undefined ? claim : `${claim}\n  found: ${brief(found, 2_000)}`);
  say(`  ${green('✓')} ${claim}`);
}

/** @throws Mismatch when they differ */
export function checkEqual(claim, found, expected) {
  check(claim, isDeepStrictEqual(found, expected), { found, expected });
}

function brief(value, longest = 300) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, shorten);
  const line = text.replaceAll('\n', ' ').replace(id, '…$1');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

// Ids are long and alike at their beginning.
const id = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{8}([0-9a-f]{4})/g;

// Tokens are secrets even in a demo, and nobody reads them.
function shorten(key, value) {
  if (/token$|^password$/i.test(key) && typeof value === 'string') return '…';
  return value;
}
