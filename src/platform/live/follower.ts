import type { EventSource, ServerEvent } from '../http/sse.js';
import { isAfter, type LogEntry } from './topic-log.js';

/** Whoever has so many waiting reads too slowly: he is let go, and goes on from the last that he has heard. */
const mostWaiting = 1_000;

/** One listener: hears each entry of a topic once, in order, and is told when some are missing. */
export class Follower<Data extends object> implements EventSource {
  private readonly waiting: LogEntry[] = [];
  private heard = '';
  private greeting: ServerEvent | null = null;
  private isOver = false;
  private wake: () => void = () => undefined;

  /** @param isFor what he wants to hear of @param onClose he listens no more */
  constructor(
    private readonly isFor: (data: Data) => boolean,
    private readonly onClose: () => void,
  ) {}

  /** The entry up to which he has heard all. */
  get position(): string {
    return this.heard;
  }

  /** From here on: after the greeting, `told` is said to him, then what follows. */
  begin(position: string, told: readonly LogEntry[], greeting: ServerEvent | null): void {
    this.heard = position;
    this.greeting = greeting;
    this.waiting.unshift(...told);
  }

  push(entry: LogEntry): void {
    if (this.waiting.length >= mostWaiting) return this.end();
    this.waiting.push(entry);
    this.wake();
  }

  end(): void {
    this.isOver = true;
    this.waiting.length = 0;
    this.wake();
  }

  async next(withinMs: number, stopping: AbortSignal): Promise<ServerEvent | null | 'over'> {
    const until = performance.now() + withinMs;
    for (;;) {
      const event = this.greeting ?? this.take();
      this.greeting = null;
      if (event) return event;
      if (this.isOver || stopping.aborted) return 'over';
      const left = until - performance.now();
      if (left <= 0) return null;
      await this.woken(left, stopping);
    }
  }

  close(): void {
    this.onClose();
    this.end();
  }

  private take(): ServerEvent | null {
    for (let entry = this.waiting.shift(); entry; entry = this.waiting.shift()) {
      const { id, previous, name } = entry;
      // What he had missed may have been read meanwhile, too.
      if (!isAfter(id, this.heard)) continue;
      const isGap = previous !== this.heard;
      this.heard = id;
      if (isGap) return resetAt(id);
      if (name === '') continue;
      const data = JSON.parse(entry.data) as Data;
      if (this.isFor(data)) return { name, id, data };
    }
    return null;
  }

  private woken(withinMs: number, stopping: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      stopping.addEventListener('abort', done);
      this.wake = done;
    });
  }
}

/** Something may have been missed: read everything anew, then go on from here. */
export function resetAt(id: string): ServerEvent {
  return { name: 'reset', id, data: {} };
}
