import { describe, expect, it } from '@jest/globals';
import { messageKindNames, traitsOf } from './message-kinds.js';
import { topics } from './topics.js';

describe.each(messageKindNames)('%s', (kind) => {
  const { channels, purpose, topic, copyToGuardians } = traitsOf(kind);

  it('stands under a topic that fits its purpose', () => {
    expect(topic === 'account').toBe(purpose === 'account');
    expect(topic === 'marketing').toBe(purpose === 'marketing');
  });

  it('reaches everybody who keeps what he must keep of its topic', () => {
    const { mustKeep } = topics[topic];
    if (mustKeep === 'one_channel') expect([...channels].toSorted()).toEqual(['email', 'sms']);
    if (mustKeep === 'email') expect(channels).toContain('email');
  });

  if (purpose === 'account') it('is for that person alone', () => expect(copyToGuardians).toBe(false));
});
