import {
  type BeforeApplicationShutdown,
  createParamDecorator,
  type ExecutionContext,
  Header,
  Injectable,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { textStream } from './text-stream.js';

/** Something whose changes somebody follows. */
export interface Watched<State extends object> {
  /** What it is now, by any process's doing: so out of the database. */
  read(): Promise<State>;
  /** After this state nothing changes any more: the stream ends. */
  isFinal(state: State): boolean;
  /** The `Last-Event-ID` of somebody who comes back. */
  readonly lastEventId?: string | undefined;
}

const lookEveryMs = 1_000;
const heartbeatEveryMs = 15_000;
// Whoever listens on comes back after it, and shows then that he still may; with the route's rate limit it bounds how many are open.
const lastsAtMostMs = 60_000;

/** The id of the last event that the caller has seen, `@LastEventId() lastEventId?: string`. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return typeof given === 'string' ? given : undefined;
});

/** The route answers with events. A proxy in front would keep them until it has a bufferful. */
export function ServesEvents(): MethodDecorator {
  return Header('X-Accel-Buffering', 'no');
}

/** Server-sent events: each state of something as it changes, until it is final. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor() {
    setMaxListeners(0, this.stopping.signal);
  }

  /** An answer that stays open. An event's id is made of its state, so whoever comes back hears nothing twice. */
  async watch<State extends object>(watched: Watched<State>): Promise<StreamableFile> {
    // The first look is the request's own: what it is refused is answered as a problem.
    const first = await watched.read();
    const events = textStream(follow(watched, first, this.stopping.signal));
    return new StreamableFile(events, { type: 'text/event-stream; charset=utf-8' });
  }

  /** An open stream would hold the process back until its patience ends. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }
}

async function* follow<State extends object>(
  watched: Watched<State>,
  first: State,
  stopping: AbortSignal,
): AsyncGenerator<string> {
  const endsAt = performance.now() + lastsAtMostMs;
  let spokeAt = -heartbeatEveryMs;
  let seen = watched.lastEventId;
  for (let state = first; ; state = await watched.read()) {
    const isLast = watched.isFinal(state);
    const { id, text } = eventOf(state, isLast);
    const isSilent = performance.now() - spokeAt >= heartbeatEveryMs;
    if (id !== seen || isLast || isSilent) {
      yield id !== seen || isLast ? text : heartbeat;
      spokeAt = performance.now();
    }
    seen = id;
    if (isLast || performance.now() >= endsAt || !(await nextLook(stopping))) return;
  }
}

// A comment, which keeps proxies from thinking that nobody is there.
const heartbeat = ':\n\n';

function eventOf(state: object, isLast: boolean): { id: string; text: string } {
  const data = JSON.stringify(state);
  const id = createHash('sha256').update(data).digest('base64url').slice(0, 16);
  return { id, text: `event: ${isLast ? 'end' : 'progress'}\nid: ${id}\ndata: ${data}\n\n` };
}

/** @returns false when the process stops */
function nextLook(stopping: AbortSignal): Promise<boolean> {
  return sleep(lookEveryMs, true, { signal: stopping }).catch(() => false);
}
