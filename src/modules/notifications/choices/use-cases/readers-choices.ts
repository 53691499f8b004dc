import { Injectable } from '@nestjs/common';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { quietUntil } from '../../../../platform/values/quiet-hours.js';
import type { UserContact } from '../../../identity/index.js';
import { Scheduling, type SchoolSettings } from '../../../schools/index.js';
import { GuardiansOfMinors } from '../../../students/index.js';
import { type Channel, traitsOf } from '../../domain/message-kinds.js';
import type { Message } from '../../domain/message.js';
import { isUrgent } from '../../domain/urgency.js';
import { topics } from '../../domain/topics.js';
import { NotificationsConfig } from '../../notifications.config.js';
import { Obstacles } from '../../queries/obstacles.js';
import { NotSendable, PutOff } from '../../use-cases/message-channel.js';
import { copyOf } from '../domain/copy-of.js';
import { StandingConsents } from '../queries/standing-consents.js';
import { SwitchedOff } from '../queries/switched-off.js';

export type Verdict = 'go' | NotSendable | PutOff;

type Judged = Pick<Message, 'id' | 'schoolId' | 'userId' | 'channel' | 'kind' | 'params'> & {
  readonly happensAt?: Date | null;
  readonly fallbackOf?: Id | null;
};

/** What was read for a batch. */
interface Known {
  readonly isOff: Awaited<ReturnType<SwitchedOff['by']>>;
  readonly isConsented: (userId: Id, channel: Channel) => boolean;
  readonly isGuardian: (userId: Id, studentUserId: Id) => boolean;
  readonly school: SchoolSettings;
  readonly contacts: ReadonlyMap<Id, UserContact>;
}

/** Whether messages may go now, by what their readers have chosen and the hour it is where they are. Asked at the moment of sending. */
@Injectable()
export class ReadersChoices {
  constructor(
    private readonly switchedOff: SwitchedOff,
    private readonly consents: StandingConsents,
    private readonly guardians: GuardiansOfMinors,
    private readonly scheduling: Scheduling,
    private readonly obstacles: Obstacles,
    private readonly config: NotificationsConfig,
    private readonly clock: Clock,
  ) {}

  /** However many messages, of whichever schools, with a handful of queries for each school. @param contacts of their readers */
  async decide(messages: readonly Judged[], contacts: ReadonlyMap<Id, UserContact>): Promise<Map<Id, Verdict>> {
    const chosen = messages.filter(({ kind }) => traitsOf(kind).purpose !== 'account');
    const verdicts = new Map<Id, Verdict>();
    for (const [schoolId, ofSchool] of Map.groupBy(chosen, (each) => each.schoolId)) {
      if (schoolId) await inSchool(schoolId, () => this.inTheirSchool(ofSchool, contacts, verdicts));
    }
    return verdicts;
  }

  private async inTheirSchool(
    messages: readonly Judged[],
    contacts: ReadonlyMap<Id, UserContact>,
    verdicts: Map<Id, Verdict>,
  ): Promise<void> {
    const known = await this.read(messages, contacts);
    for (const message of messages) verdicts.set(message.id, await this.judge(message, known));
  }

  private async judge(message: Judged, known: Known): Promise<Verdict> {
    const refusal = refusalOf(message, known);
    if (refusal) return refusal;
    if (await this.isSwitchedOff(message, known)) return againstChoice(message);
    return this.untilMorning(message, known);
  }

  private async isSwitchedOff(message: Judged, known: Known): Promise<boolean> {
    const { topic } = traitsOf(message.kind);
    // What goes out because the other way failed has no other way.
    if (message.fallbackOf || !known.isOff(message.userId, topic, message.channel)) return false;
    const { mustKeep } = topics[topic];
    if (mustKeep === 'nothing') return true;
    if (mustKeep !== 'one_channel') return message.channel !== mustKeep;
    // He must hear it: the channel he has left on must lead to him.
    return this.isReachable(known.contacts.get(message.userId), message.channel === 'email' ? 'sms' : 'email');
  }

  private async isReachable(reader: UserContact | undefined, channel: Channel): Promise<boolean> {
    const address = channel === 'email' ? reader?.email : this.config.smsEnabled && reader?.phone;
    return Boolean(address) && (await this.obstacles.at(channel, address as string)) === null;
  }

  private untilMorning({ userId, channel, kind, happensAt }: Judged, { school, contacts }: Known): Verdict {
    const now = this.clock.now();
    if (channel !== 'sms' || isUrgent(kind, happensAt, now)) return 'go';
    const zone = contacts.get(userId)?.zone ?? school.zone;
    const until = quietUntil(now, { from: school.quietFrom, until: school.quietUntil }, zone);
    return until ? new PutOff(until, `waits until ${until.toISOString()}: quiet hours`) : 'go';
  }

  private async read(messages: readonly Judged[], contacts: Known['contacts']): Promise<Known> {
    const userIds = unique(messages.map(({ userId }) => userId));
    const isMarketing = ({ kind }: Judged) => traitsOf(kind).purpose === 'marketing';
    const addressees = unique(messages.filter(isMarketing).map(({ userId }) => userId));
    const consents = await this.consents.of(addressees);
    const wards = unique(messages.flatMap(({ params }) => copyOf(params) ?? []));
    const pairs = await this.guardians.of(wards);
    const pairKeys = new Set(pairs.map(({ guardianUserId, studentUserId }) => `${guardianUserId}:${studentUserId}`));
    return {
      isOff: await this.switchedOff.by(userIds),
      isConsented: (userId, channel) => consents.get(`${userId}:${channel}`)?.decision === 'given',
      isGuardian: (userId, studentUserId) => pairKeys.has(`${userId}:${studentUserId}`),
      school: await this.scheduling.school(),
      contacts,
    };
  }
}

function refusalOf({ userId, channel, kind, params }: Judged, known: Known): NotSendable | null {
  const student = copyOf(params);
  if (student && !known.isGuardian(userId, student))
    return new NotSendable('the reader does not answer for the student any more');
  if (traitsOf(kind).purpose === 'marketing' && !known.isConsented(userId, channel))
    return new NotSendable('the reader has not agreed to advertisements on this channel');
  return null;
}

function againstChoice({ channel, kind }: Judged): NotSendable {
  return new NotSendable(`the reader has switched off ${channel} for ${traitsOf(kind).topic}`, 'switched_off');
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
