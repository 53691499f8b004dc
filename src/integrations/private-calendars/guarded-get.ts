import { get as plainGet, type IncomingMessage } from 'node:http';
import { get as secureGet } from 'node:https';
import { useAgent } from 'request-filtering-agent';
import type { CalendarCopy, CalendarProblem } from '../../modules/schools/index.js';

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

/**
 * Reads what a stranger's address holds. The address is checked anew at each redirect, and what its name resolves to at the moment
 * of connecting, so that no name leads into our own network. Never throws for what the other side does.
 */
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
    const status = answer.statusCode ?? 0;
    if (redirects.has(status) && answer.headers.location) {
      answer.destroy();
      if (!URL.canParse(answer.headers.location, url.href)) throw new Failed('address_refused');
      next = new URL(answer.headers.location, url).href;
      continue;
    }
    return read(answer, status);
  }
  throw new Failed('too_many_redirects');
}

function ask(url: URL, { copy, allowPrivate, signal }: GuardedGet): Promise<IncomingMessage> {
  const agent = useAgent(url.href, { allowPrivateIPAddress: allowPrivate, keepAlive: false });
  const headers = {
    accept: 'text/calendar, text/plain;q=0.5',
    'accept-encoding': 'identity',
    'user-agent': 'JustDriving-Calendar/1.0',
    ...(copy.etag && { 'if-none-match': copy.etag }),
    ...(copy.lastModified && { 'if-modified-since': copy.lastModified }),
  };
  const get = url.protocol === 'https:' ? secureGet : plainGet;
  return new Promise((resolve, reject) => {
    get(url, { agent, headers, signal, maxHeaderSize: 16_384 }, resolve).on('error', reject);
  });
}

async function read(answer: IncomingMessage, status: number): Promise<Got> {
  if (status === 304) {
    answer.destroy();
    return { outcome: 'unchanged' };
  }
  if (status !== 200) {
    answer.destroy();
    if (status === 401 || status === 403) throw new Failed('not_allowed');
    throw new Failed(status === 404 || status === 410 ? 'not_found' : 'unreachable');
  }
  const { etag, 'last-modified': lastModified } = answer.headers;
  const copy = { etag: fitting(etag, 200), lastModified: fitting(lastModified, 100) };
  return { outcome: 'read', text: await bodyOf(answer), copy };
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
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
  // The agent's own word for an address in our network.
  return error instanceof Error && error.message.includes('is not allowed') ? 'address_refused' : 'unreachable';
}
