import { describe, expect, it, jest } from '@jest/globals';
import { Follower } from './follower.js';
import type { LogEntry } from './topic-log.js';

const entry = (number: number, previous = number - 1, name = 'said'): LogEntry => ({
  id: `1-${number}`,
  previous: `1-${previous}`,
  name,
  data: JSON.stringify({ number }),
});

function follower(isFor: (data: { number: number }) => boolean = () => true) {
  const onClose = jest.fn();
  const following = new Follower(isFor, onClose);
  following.begin('1-0', [], null);
  const next = (withinMs = 0, stopping = new AbortController().signal) => following.next(withinMs, stopping);
  return { following, next, onClose };
}

describe('a follower', () => {
  it('hears each entry once, in order, whether it was looked up or read on', async () => {
    const { following, next } = follower();
    // Read on while what he had missed was looked up.
    following.push(entry(2));
    following.begin('1-0', [entry(1), entry(2)], null);
    following.push(entry(3));
    for (const number of [1, 2, 3]) expect(await next()).toEqual({ name: 'said', id: `1-${number}`, data: { number } });
    expect(await next()).toBeNull();
    expect(following.position).toBe('1-3');
  });

  it('is told that entries are missing, and goes on after that', async () => {
    const { following, next } = follower();
    following.push(entry(3));
    following.push(entry(4));
    expect(await next()).toEqual({ name: 'reset', id: '1-3', data: {} });
    expect(await next()).toMatchObject({ name: 'said', id: '1-4' });
    following.push({ ...entry(9), previous: '' });
    expect(await next()).toMatchObject({ name: 'reset', id: '1-9' });
  });

  it('moves on past what is not for him, and past beginnings', async () => {
    const { following, next } = follower(({ number }) => number > 2);
    for (const each of [entry(1), entry(2, 1, ''), entry(3)]) following.push(each);
    expect(await next()).toMatchObject({ id: '1-3' });
    following.push(entry(4, 3, ''));
    expect(await next()).toBeNull();
    expect(following.position).toBe('1-4');
  });

  it('waits for the next one, and for nothing once he has gone or the process stops', async () => {
    const { following, next, onClose } = follower();
    const awaited = next(60_000);
    following.push(entry(1));
    expect(await awaited).toMatchObject({ id: '1-1' });
    const stopping = new AbortController();
    const stopped = next(60_000, stopping.signal);
    stopping.abort();
    expect(await stopped).toBe('over');
    const left = next(60_000);
    following.close();
    expect([await left, onClose.mock.calls.length]).toEqual(['over', 1]);
  });

  it('is let go when he reads too slowly', async () => {
    const { following, next } = follower();
    for (let number = 1; number <= 1_000; number++) following.push(entry(number));
    expect(await next()).toMatchObject({ id: '1-1' });
    following.push(entry(1_001));
    following.push(entry(1_002));
    expect(await next()).toBe('over');
  });
});
