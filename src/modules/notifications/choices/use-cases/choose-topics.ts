import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { channels, type Channel } from '../../domain/message-kinds.js';
import type { MessagePreferenceSchema } from '../domain/message-preference.js';
import { checkChoices, choosableTopics, type ChoosableTopic, type TopicChoice } from '../domain/topic-choice.js';
import { MessageChoices, type MessageChoicesView } from '../queries/message-choices.js';

/** What somebody wants to hear of, and how. */
@Injectable()
export class ChooseTopics {
  constructor(
    readonly em: EntityManager,
    private readonly reader: MessageChoices,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** All at once: a topic that is not named is on. @throws NoChannelLeft, TopicTwice */
  @Transaction()
  async execute(userId: Id, choices: readonly TopicChoice[]): Promise<MessageChoicesView> {
    checkChoices(choices);
    await this.lock(userId);
    await assertAsSeen(() => this.reader.of(userId));
    const byTopic = new Map(choices.map((choice) => [choice.topic, choice]));
    for (const topic of choosableTopics)
      for (const channel of channels) await this.set(userId, topic, channel, byTopic.get(topic)?.[channel] ?? true);
    const details = { off: offIn(choices).join(', ') };
    await this.audit.record({ action: 'message_preference.chosen', subjectId: userId, details });
    return this.reader.of(userId);
  }

  /** One channel of one topic off, whatever the rest is. */
  @Transaction()
  async switchOff(userId: Id, topic: ChoosableTopic, channel: Channel): Promise<void> {
    await this.lock(userId);
    await this.set(userId, topic, channel, false);
    const details = { off: `${topic} ${channel}` };
    await this.audit.record({ action: 'message_preference.chosen', subjectId: userId, details });
  }

  private async set(userId: Id, topic: ChoosableTopic, channel: Channel, isOn: boolean): Promise<void> {
    await this.db
      .updateTable('message_preferences')
      .set({ is_on: isOn, changed_at: this.clock.now() })
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .where('topic', '=', topic)
      .where('channel', '=', channel)
      .where('is_on', '<>', isOn)
      .execute();
  }

  /** What is not there cannot be locked: so everything is said to be on first, where nothing has been said. */
  private async lock(userId: Id): Promise<void> {
    const key = { school_id: bin(currentSchool()), user_id: bin(userId) };
    const rows = choosableTopics.flatMap((topic) =>
      channels.map((channel) => ({ ...key, topic, channel, is_on: true })),
    );
    await this.db.insertInto('message_preferences').values(rows).onDuplicateKeyUpdate(lockedAsItIs).execute();
  }

  private get db() {
    return globalQuery<Tables<typeof MessagePreferenceSchema>>(this.em);
  }
}

function offIn(choices: readonly TopicChoice[]): string[] {
  return choices.flatMap((choice) =>
    channels.filter((channel) => !choice[channel]).map((channel) => `${choice.topic} ${channel}`),
  );
}
