import { until } from './until.js';

/** One server-sent event. */
export interface HeardEvent {
  readonly name: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

export interface EventListener {
  readonly status: number;
  /** In order; signs of life are not among them. */
  readonly events: readonly HeardEvent[];
  /** What a browser would send when it comes back. */
  readonly lastEventId: string;
  /** The stream has ended. */
  readonly isOver: boolean;
  /** Waits for so many events. */
  heard(count: number): Promise<readonly HeardEvent[]>;
  close(): void;
}

/** Listens to a stream of events as a browser does. */
export async function listen(url: string, token: string, lastEventId?: string): Promise<EventListener> {
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${token}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
  const { status, body } = await fetch(url, { headers, signal: leaving.signal });
  const listener = {
    status,
    events: [] as HeardEvent[],
    lastEventId: lastEventId ?? '',
    isOver: false,
    heard: async (count: number) => {
      await until(() => listener.events.length >= count);
      return listener.events;
    },
    close: () => leaving.abort(),
  };
  const read = async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body!) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) hear(block);
    }
  };
  const hear = (block: string) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const [name, id, data] = [field('event'), field('id'), field('data')];
    if (id !== undefined) listener.lastEventId = id;
    if (data !== undefined) listener.events.push({ name: name!, id: id!, data: JSON.parse(data) });
  };
  void read()
    .catch(() => undefined)
    .finally(() => (listener.isOver = true));
  return listener;
}
