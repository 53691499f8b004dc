import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';
import { assertNoTransaction } from '../database/transaction.js';

/** What kept a stranger's server from answering. `connection_lost` and `too_slow`: it may have acted or not. */
export type GuardedProblem =
  | 'address_refused'
  | 'name_unknown'
  | 'certificate_refused'
  | 'unreachable'
  | 'connection_lost'
  | 'too_slow';

/** The server was not reached, or did not answer. */
export class GuardedRequestFailed extends Error {
  constructor(readonly problem: GuardedProblem) {
    super(problem);
  }
}

export interface GuardedRequest {
  readonly method: 'GET' | 'POST';
  /** As `strangersAddress` has let it through. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether a name may lead into a private network. */
  readonly allowPrivate: boolean;
  /** For the whole of it, the reading of the answer too. */
  readonly signal: AbortSignal;
  /** Instead of the system's. */
  readonly lookup?: LookupFunction;
}

/** An answer whose body still flows: read it, or destroy it. */
export interface GuardedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

/**
 * Asks a server at an address that a stranger has given. What its name resolves to is checked at the moment of connecting and that very
 * answer is connected to, so no name leads into our own network; redirects are not followed.
 *
 * @throws GuardedRequestFailed
 * @throws Error inside a transaction
 */
export function guardedRequest(asked: GuardedRequest): Promise<GuardedAnswer> {
  const { method, url, body, allowPrivate, signal, lookup } = asked;
  assertNoTransaction(`${method} of a stranger's address`);
  const agent = useAgent(url.href, { allowPrivateIPAddress: allowPrivate, keepAlive: false });
  const isSecure = url.protocol === 'https:';
  const headers = { 'accept-encoding': 'identity', ...asked.headers };
  const options = { method, agent, headers, signal, maxHeaderSize: 16_384, ...(lookup && { lookup }) };
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const request = (isSecure ? secureRequest : plainRequest)(url, options, (answer) => {
      // Said by whoever reads the body; without a listener it would end the process.
      answer.on('error', () => undefined);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer });
    });
    request.once('socket', (socket) =>
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      }),
    );
    request.on('error', (error) => reject(new GuardedRequestFailed(problemOf(error, signal, isConnected))));
    request.end(body);
  });
}

function problemOf(
  error: Error & { readonly code?: string },
  signal: AbortSignal,
  isConnected: boolean,
): GuardedProblem {
  if (signal.aborted) return 'too_slow';
  // The agent's own word for an address in our network.
  if (error.message.includes('is not allowed')) return 'address_refused';
  if (isConnected) return 'connection_lost';
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'name_unknown';
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_/.test(error.code ?? '') ? 'certificate_refused' : 'unreachable';
}
