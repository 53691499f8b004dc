import { describe, expect, it } from '@jest/globals';
import { NoChannelLeft, TopicTwice } from './choice-problems.js';
import { checkChoices, type ChoosableTopic } from './topic-choice.js';

const choose = (topic: ChoosableTopic, email: boolean, sms: boolean) => () => checkChoices([{ topic, email, sms }]);

describe('choosing how to hear of a topic', () => {
  it('leaves a channel for what everybody must hear', () => {
    expect(choose('lessons', false, true)).not.toThrow();
    expect(choose('lessons', true, false)).not.toThrow();
    expect(choose('lessons', false, false)).toThrow(NoChannelLeft);
  });

  it('leaves e-mail for papers', () => {
    expect(choose('money', true, false)).not.toThrow();
    expect(choose('money', false, true)).toThrow(NoChannelLeft);
  });

  it('may switch the rest off, and name each topic once', () => {
    expect(choose('reminders', false, false)).not.toThrow();
    const news = { topic: 'news', email: true, sms: true } as const;
    expect(() => checkChoices([news, { ...news, sms: false }])).toThrow(TopicTwice);
  });
});
