import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type GuardedProblem, guardedRequest, GuardedRequestFailed } from '../ports/guarded-request.js';
import { retryAfterMs } from '../ports/json-provider.js';
import { ProviderCalls } from '../ports/provider-calls.js';
import { strangersAddress } from '../ports/strangers-address.js';
import { SignedPostsConfig } from './signed-posts.config.js';

export interface SignedPost {
  /** As it was given to us. */
  readonly url: string;
  /** The message's own: the same at each repeat, so that the receiver knows one. No dots. */
  readonly id: string;
  /** JSON, signed byte by byte. */
  readonly body: string;
  /** `whsec_…`, the newest first: while secrets change it is signed with each of them. At least one. */
  readonly secrets: readonly string[];
  /** Of the whole of it; 15 seconds when absent. */
  readonly timeoutMs?: number;
}

/** What became of a post. `reason` is a short word of ours (`http_500`, `address_refused`), never the receiver's text. */
export type SignedPostOutcome =
  | { readonly outcome: 'accepted'; readonly status: number }
  | {
      readonly outcome: 'rejected';
      /** Null: it was not asked, for it was not reached. */
      readonly status: number | null;
      readonly reason: `http_${number}` | GuardedProblem;
      /** 410: it wants nothing more. */
      readonly isGone: boolean;
      /** For how long it wants to be left alone, where it says so; ten minutes at most. */
      readonly againInMs?: number;
    }
  /** It may have taken it: a repeat has the same id. */
  | { readonly outcome: 'unknown'; readonly reason: 'too_slow' | 'connection_lost' };

const defaultTimeoutMs = 15_000;
const mostBytesRead = 64 * 1024;
const secretBytes = 32;

/** A secret for signing, as the Standard Webhooks libraries take it. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** What a receiver checks a message by, at this moment: a repeat is signed anew. */
export function signatureHeaders({ id, body, secrets }: Pick<SignedPost, 'id' | 'body' | 'secrets'>, at: Date) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}

/**
 * Posts to addresses that strangers have given us, signed by Standard Webhooks: https only, never into a private network, no redirects,
 * in bounded time, and nothing that is answered is kept but its status.
 */
@Injectable()
export class SignedPosts {
  /** For tests of what names resolve to. */
  protected readonly lookup: LookupFunction | undefined = undefined;

  constructor(
    private readonly config: SignedPostsConfig,
    private readonly calls: ProviderCalls,
  ) {}

  /** The address as it would be posted to; null: it may not be. What its name resolves to is looked at when it is connected to. */
  accepts(url: string): URL | null {
    return strangersAddress(url, (asked) => this.isLocal(asked));
  }

  /** Each receiver is a server of its own, so none counts as an outage of all. @throws Error inside a transaction */
  async post(post: SignedPost): Promise<SignedPostOutcome> {
    const url = this.accepts(post.url);
    if (!url) return { outcome: 'rejected', status: null, reason: 'address_refused', isGone: false };
    const timeoutMs = post.timeoutMs ?? defaultTimeoutMs;
    return this.calls.run({
      provider: 'webhook-receiver',
      operation: 'post',
      timeoutMs: timeoutMs + 5_000,
      repeatable: false,
      isOutage: () => false,
      send: () => this.send(url, post, AbortSignal.timeout(timeoutMs)),
    });
  }

  private async send(url: URL, post: SignedPost, signal: AbortSignal): Promise<SignedPostOutcome> {
    try {
      const { status, headers, body } = await guardedRequest({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(post.body)),
          'user-agent': 'JustDriving-Webhooks/1.0',
          // The receiver's clock is compared with this one, so it is the machine's own.
          ...signatureHeaders(post, new Date()),
        },
        body: post.body,
        allowPrivate: this.isLocal(url),
        signal,
        ...(this.lookup && { lookup: this.lookup }),
      });
      await drained(body);
      return outcomeOf(status, headers['retry-after']);
    } catch (error) {
      if (error instanceof GuardedRequestFailed) return failureOf(error.problem);
      throw error;
    }
  }

  private isLocal({ host }: URL): boolean {
    return this.config.localHosts.includes(host);
  }
}

function outcomeOf(status: number, retryAfter: string | undefined): SignedPostOutcome {
  if (status >= 200 && status < 300) return { outcome: 'accepted', status };
  const againInMs = retryAfter === undefined ? undefined : retryAfterMs(new Headers({ 'retry-after': retryAfter }));
  const refused = { outcome: 'rejected', status, reason: `http_${status}`, isGone: status === 410 } as const;
  return againInMs === undefined ? refused : { ...refused, againInMs };
}

function failureOf(problem: GuardedProblem): SignedPostOutcome {
  if (problem === 'too_slow' || problem === 'connection_lost') return { outcome: 'unknown', reason: problem };
  return { outcome: 'rejected', status: null, reason: problem, isGone: false };
}

/** Lets the receiver finish its answer, within bounds; its status counts however that goes. */
async function drained(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytesRead) answer.destroy();
  });
  await finished(answer).catch(() => undefined);
}
