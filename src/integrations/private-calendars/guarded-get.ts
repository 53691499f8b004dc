import type { IncomingMessage } from 'node:http';
import type { CalendarCopy, CalendarProblem } from '../../modules/schools/index.js';
import { type GuardedAnswer, guardedRequest, GuardedRequestFailed } from '../../platform/ports/guarded-request.js';

export type Got =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'read'; readonly text: string; readonly copy: CalendarCopy }
  | { readonly outcome: 'failed'; readonly problem: CalendarProblem };

export interface GuardedGet {
  readonly url: string;
  readonly copy: CalendarCopy;
  /** The address in a form that may be asked, or null. */
  readonly addressOf: (url: string) => URL | null;
  /** Whether a name may lead into a private network. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const redirects = new Set([301, 302, 303, 307, 308]);

class Failed extends Error {
  constructor(readonly problem: CalendarProblem) {
    super(problem);
  }
}

/** Reads what a stranger's address holds; the address is checked anew at each redirect. Never throws for what the other side does. */
export async function guardedGet(request: GuardedGet): Promise<Got> {
  try {
    return await follow(request);
  } catch (error) {
    if (error instanceof Failed) return { outcome: 'failed', problem: error.problem };
    return { outcome: 'failed', problem: problemOf(error, request.signal) };
  }
}

async function follow(request: GuardedGet): Promise<Got> {
  let next = request.url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const url = request.addressOf(next);
    if (!url) throw new Failed('address_refused');
    const answer = await ask(url, request);
    const { location } = answer.headers;
    if (redirects.has(answer.status) && location) {
      answer.body.destroy();
      if (!URL.canParse(location, url.href)) throw new Failed('address_refused');
      next = new URL(location, url).href;
      continue;
    }
    return read(answer);
  }
  throw new Failed('too_many_redirects');
}

function ask(url: URL, { copy, allowPrivate, signal }: GuardedGet): Promise<GuardedAnswer> {
  const headers = {
    accept: 'text/calendar, text/plain;q=0.5',
    'user-agent': 'JustDriving-Calendar/1.0',
    ...(copy.etag && { 'if-none-match': copy.etag }),
    ...(copy.lastModified && { 'if-modified-since': copy.lastModified }),
  };
  return guardedRequest({ method: 'GET', url, headers, allowPrivate, signal });
}

async function read({ status, headers, body }: GuardedAnswer): Promise<Got> {
  if (status === 304) {
    body.destroy();
    return { outcome: 'unchanged' };
  }
  if (status !== 200) {
    body.destroy();
    if (status === 401 || status === 403) throw new Failed('not_allowed');
    throw new Failed(status === 404 || status === 410 ? 'not_found' : 'unreachable');
  }
  const { etag, 'last-modified': lastModified } = headers;
  const copy = { etag: fitting(etag, 200), lastModified: fitting(lastModified, 100) };
  return { outcome: 'read', text: await textOf(body), copy };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      answer.destroy();
      throw new Failed('too_large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What does not fit is no copy to speak of. */
function fitting(header: string | undefined, length: number): string | null {
  return header !== undefined && header.length <= length && /^[\x20-\x7e]*$/.test(header) ? header : null;
}

function problemOf(error: unknown, signal: AbortSignal): CalendarProblem {
  if (signal.aborted) return 'too_slow';
  return error instanceof GuardedRequestFailed && error.problem === 'address_refused'
    ? 'address_refused'
    : 'unreachable';
}
