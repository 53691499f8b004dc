import { type MustKeep, type Topic, topicNames, topics } from '../../domain/topics.js';
import { NoChannelLeft, TopicTwice } from './choice-problems.js';

/** What people switch on and off. Account messages always come; marketing is a matter of consent. */
export type ChoosableTopic = Exclude<Topic, 'account' | 'marketing'>;

export const choosableTopics = topicNames.filter(
  (name): name is ChoosableTopic => !['account', 'marketing'].includes(name),
);

export interface TopicChoice {
  readonly topic: ChoosableTopic;
  readonly email: boolean;
  readonly sms: boolean;
}

/** What must stay on of it. */
export function mustKeep(topic: ChoosableTopic): Exclude<MustKeep, 'everything' | 'sms'> {
  return topics[topic].mustKeep;
}

/** @throws NoChannelLeft, TopicTwice */
export function checkChoices(choices: readonly TopicChoice[]): void {
  const seen = new Set<string>();
  for (const { topic, email, sms } of choices) {
    if (seen.has(topic)) throw new TopicTwice(topic);
    seen.add(topic);
    const keep = mustKeep(topic);
    const isKept = keep === 'nothing' || email || (keep === 'one_channel' && sms);
    if (!isKept) throw new NoChannelLeft(topic, keep);
  }
}
