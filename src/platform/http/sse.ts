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
import { HttpConfig } from './http.config.js';
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

/** One event, as it is sent. */
export interface ServerEvent {
  readonly name: string;
  /** What somebody who comes back says he has heard: no line break in it. */
  readonly id: string;
  readonly data: object;
}

/** Where a stream's events come from. */
export interface EventSource {
  /** The next event, by then; null when there was none. `over`: there will be none any more. */
  next(withinMs: number, stopping: AbortSignal): Promise<ServerEvent | null | 'over'>;
  /** How far it has come though nobody was told; sent as the id of a sign of life. */
  readonly position?: string | undefined;
  /** Nobody listens any more: `next` shall not wait for anything. May be called twice. */
  close?(): void;
}

const lookEveryMs = 1_000;
const heartbeatEveryMs = 15_000;

/** The id of the last event that the caller has seen, `@LastEventId() lastEventId?: string`. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
  return typeof given === 'string' ? given : undefined;
});

/** The route answers with events. A proxy in front would keep them until it has a bufferful. */
export function ServesEvents(): MethodDecorator {
  return Header('X-Accel-Buffering', 'no');
}

/** Server-sent events: what happens, for as long as somebody listens, and for `EVENT_STREAM_SECONDS` at most. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  // Whoever listens on comes back after it, and shows then that he still may; with the route's rate limit it bounds how many are open.
  constructor(private readonly config: HttpConfig) {
    setMaxListeners(0, this.stopping.signal);
  }

  /** Each state of something as it changes, until it is final. An event's id is made of its state, so whoever comes back hears nothing twice. */
  async watch<State extends object>(watched: Watched<State>): Promise<StreamableFile> {
    // The first look is the request's own: what it is refused is answered as a problem.
    return this.open(new Watching(watched, await watched.read()));
  }

  /** An answer that stays open. */
  open(source: EventSource): StreamableFile {
    const lastsMs = this.config.eventStreamSeconds * 1_000;
    const events = textStream(told(source, lastsMs, this.stopping.signal), () => source.close?.());
    return new StreamableFile(events, { type: 'text/event-stream; charset=utf-8' });
  }

  /** An open stream would hold the process back until its patience ends. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }
}

async function* told(source: EventSource, lastsMs: number, stopping: AbortSignal): AsyncGenerator<string> {
  try {
    const endsAt = performance.now() + lastsMs;
    // Who listens hears at once that somebody speaks.
    for (let patience = 0; ; patience = Math.min(heartbeatEveryMs, endsAt - performance.now())) {
      const next = await source.next(patience, stopping);
      if (next === 'over') return;
      yield next ? textOf(next) : signOfLife(source.position);
      if (performance.now() >= endsAt || stopping.aborted) return;
    }
  } finally {
    source.close?.();
  }
}

function textOf({ name, id, data }: ServerEvent): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Keeps proxies from thinking that nobody is there. An id without data is remembered by browsers, and no event. */
function signOfLife(position: string | undefined): string {
  return position === undefined ? ':\n\n' : `id: ${position}\n\n`;
}

/** Looks every second what something is now. */
class Watching<State extends object> implements EventSource {
  private seen: string | undefined;
  private isOver = false;

  constructor(
    private readonly watched: Watched<State>,
    private first: State | null,
  ) {
    this.seen = watched.lastEventId;
  }

  async next(withinMs: number, stopping: AbortSignal): Promise<ServerEvent | null | 'over'> {
    if (this.isOver) return 'over';
    if (this.first) return this.look();
    for (let waited = 0; waited < withinMs; waited += lookEveryMs) {
      if (!(await nap(stopping))) return 'over';
      const event = await this.look();
      if (event) return event;
    }
    return null;
  }

  private async look(): Promise<ServerEvent | null> {
    const state = this.first ?? (await this.watched.read());
    this.first = null;
    this.isOver = this.watched.isFinal(state);
    const id = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 16);
    const isNews = id !== this.seen || this.isOver;
    this.seen = id;
    return isNews ? { name: this.isOver ? 'end' : 'progress', id, data: state } : null;
  }
}

/** @returns false when the process stops */
function nap(stopping: AbortSignal): Promise<boolean> {
  return sleep(lookEveryMs, true, { signal: stopping }).catch(() => false);
}
