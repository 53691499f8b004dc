import { describe, expect, it, jest } from '@jest/globals';
import { text } from 'node:stream/consumers';
import type { HttpConfig } from './http.config.js';
import { EventStreams } from './sse.js';

interface Work {
  readonly done: number;
}

const streamsOf = () => new EventStreams({ eventStreamSeconds: 60 } as HttpConfig);

/** Something that is over when it is looked at again. */
function work() {
  let done = 0;
  return { read: async () => ({ done: done++ }), isFinal: (state: Work) => state.done > 0 };
}

const eventsIn = (sent: string) => sent.split('\n\n').filter((event) => event.startsWith('event:'));

describe('server-sent events', () => {
  it('tell each state once, and end with the last', async () => {
    const answer = await streamsOf().watch(work());
    expect(answer.getHeaders().type).toBe('text/event-stream; charset=utf-8');
    const events = eventsIn(await text(answer.getStream()));
    expect(events.map((event) => event.replace(/\nid: .*/, ''))).toEqual([
      'event: progress\ndata: {"done":0}',
      'event: end\ndata: {"done":1}',
    ]);
  });

  it('say nothing that whoever comes back has heard, but speak at once', async () => {
    const state = { done: 0 };
    const watched = { read: async () => state, isFinal: () => false };
    const streams = streamsOf();
    const first = (await streams.watch(watched)).getStream();
    const [event] = (await first[Symbol.asyncIterator]().next()).value.toString().split('\n\n');
    const lastEventId = /^id: (.*)$/m.exec(event)![1]!;
    const again = (await streams.watch({ ...watched, lastEventId })).getStream();
    streams.beforeApplicationShutdown();
    expect(await text(again)).toBe(':\n\n');
  });

  it('end after a minute, so that whoever may no longer listen does not', async () => {
    const started = performance.now();
    const clock = jest
      .spyOn(performance, 'now')
      .mockReturnValueOnce(started)
      .mockReturnValue(started + 60_000);
    const answer = await streamsOf().watch({ read: async () => ({ done: 0 }), isFinal: () => false });
    expect(eventsIn(await text(answer.getStream()))).toHaveLength(1);
    clock.mockRestore();
  });

  it('end when the process stops', async () => {
    const streams = streamsOf();
    const answer = await streams.watch({ read: async () => ({ done: 0 }), isFinal: () => false });
    const sent = text(answer.getStream());
    streams.beforeApplicationShutdown();
    expect(eventsIn(await sent)).toHaveLength(1);
  });

  it('refuse as any request does, before anything is sent', async () => {
    const refused = streamsOf().watch({
      read: () => Promise.reject(new Error('no such import')),
      isFinal: () => false,
    });
    await expect(refused).rejects.toThrow('no such import');
  });
});
