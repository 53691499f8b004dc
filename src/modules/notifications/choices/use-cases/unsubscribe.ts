import { Injectable } from '@nestjs/common';
import type { ChoosableTopic } from '../domain/topic-choice.js';
import { StandingConsents } from '../queries/standing-consents.js';
import type { Unsubscription } from '../unsubscribe-links.js';
import { ChooseTopics } from './choose-topics.js';
import { RecordConsent } from './record-consent.js';

/** A reader's own word by the link of a message. Said twice, it is said once. */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly consents: StandingConsents,
    private readonly recordConsent: RecordConsent,
    private readonly chooseTopics: ChooseTopics,
  ) {}

  /** In the school of the link. */
  async execute({ userId, topic, channel }: Unsubscription): Promise<void> {
    if (topic !== 'marketing') return this.chooseTopics.switchOff(userId, topic as ChoosableTopic, channel);
    const standing = (await this.consents.of([userId])).get(`${userId}:${channel}`);
    if (standing?.decision === 'given')
      await this.recordConsent.execute(userId, { channel, decision: 'withdrawn', source: 'link' }, null);
  }
}
