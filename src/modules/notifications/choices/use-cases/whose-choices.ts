import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Asked } from '../../../../platform/database/list.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { SourceNotYours } from '../domain/choice-problems.js';
import type { ConsentDecision } from '../domain/marketing-consent.js';
import type { TopicChoice } from '../domain/topic-choice.js';
import { MessageChoices, type MessageChoicesView } from '../queries/message-choices.js';
import { type consentList, type ConsentView, StandingConsents } from '../queries/standing-consents.js';
import { ChooseTopics } from './choose-topics.js';
import { RecordConsent } from './record-consent.js';

/** A student's choices for whoever may see or make them: himself, his guardians until he comes of age, and staff. */
@Injectable()
export class WhoseChoices {
  constructor(
    private readonly ownStudents: OwnStudents,
    private readonly choices: MessageChoices,
    private readonly consents: StandingConsents,
    private readonly chooseTopics: ChooseTopics,
    private readonly recordConsent: RecordConsent,
  ) {}

  /** @throws StudentNotFound */
  async read(actor: Actor, studentId: Id): Promise<MessageChoicesView> {
    return this.choices.of(await this.userOf(actor, studentId));
  }

  /** @throws StudentNotFound, NoChannelLeft, TopicTwice */
  async choose(actor: Actor, studentId: Id, choices: readonly TopicChoice[]): Promise<MessageChoicesView> {
    return this.chooseTopics.execute(await this.userOf(actor, studentId), choices);
  }

  /** Staff write down what they were given, everybody else decides. @throws StudentNotFound, WordingUnknown, SourceNotYours */
  async decide(actor: Actor, studentId: Id, decision: ConsentDecision): Promise<ConsentView> {
    const userId = await this.userOf(actor, studentId);
    if (decision.source === (actor.isStaff ? 'app' : 'paper')) throw new SourceNotYours(actor.isStaff);
    return this.recordConsent.execute(userId, decision, actor.id);
  }

  /** For himself. @throws WordingUnknown, SourceNotYours */
  async decideOwn(userId: Id, decision: ConsentDecision): Promise<ConsentView> {
    if (decision.source === 'paper') throw new SourceNotYours(false);
    return this.recordConsent.execute(userId, decision, userId);
  }

  /** @throws StudentNotFound */
  async history(actor: Actor, studentId: Id, asked: Asked<typeof consentList>): Promise<Page<ConsentView>> {
    return this.consents.history(await this.userOf(actor, studentId), asked);
  }

  private async userOf(actor: Actor, studentId: Id): Promise<Id> {
    return (await this.ownStudents.get(actor, studentId)).userId;
  }
}
