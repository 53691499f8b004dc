import { defineEntity } from '@mikro-orm/core';
import { amount, code, currency, id, instant, int, json, text } from '../../../platform/database/columns.js';
import { acrossReason, currentSchoolOrNull } from '../../../platform/tenancy/tenancy.js';
import { type Id, newIdAt } from '../../../platform/values/id.js';
import type { Billed } from '../ports/delivery.js';
import type { DeliveryNews } from '../ports/delivery-reports.js';
import { otherChannel } from './channels.js';
import type { Channel, MessageKind } from './message-kinds.js';
import { outweighs, type Told, type ToldState } from './told-state.js';

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'rejected',
  'failed',
  'dropped',
] as const;
export type MessageState = (typeof messageStates)[number];

/** What a message needs beside its subject; ids and times only, never personal data, never a token. */
export type MessageParams = Readonly<Record<string, string>>;

const transitions: Record<MessageState, readonly MessageState[]> = {
  queued: ['sending', 'dropped'],
  // A process may die in `sending`, so a message may be found there and tried again; and the news may be here before the answer.
  sending: ['queued', 'sending', 'sent', 'rejected', 'failed', 'dropped', 'delivered', 'bounced', 'complained'],
  sent: ['sent', 'failed', 'delivered', 'bounced', 'complained'],
  // Given up on without an answer, it may still turn out to have gone.
  failed: ['sent', 'failed', 'delivered', 'bounced', 'complained'],
  delivered: ['delivered', 'bounced', 'complained'],
  bounced: ['bounced', 'complained'],
  complained: ['complained'],
  rejected: [],
  dropped: [],
};

/** Nothing leads to the reader on that channel, or he has switched it off. */
export type DroppedFor = 'no_way' | 'switched_off';

const retryable: readonly MessageState[] = ['failed', 'rejected', 'bounced', 'dropped'];
/** Nobody knows yet what becomes of it. */
export const unsentStates: readonly MessageState[] = ['queued', 'sending'];

const longestReference = 190;

/** As much of a provider's reference as is kept. */
export function keptReference(providerRef: string): string {
  return providerRef.slice(0, longestReference);
}

export const MessageSchema = defineEntity({
  name: 'Message',
  tableName: 'messages',
  // Unlike other rows of a school, a message may belong to none: a password reset knows only the person.
  filters: {
    school: {
      name: 'school',
      cond: () => (acrossReason() ? {} : { schoolId: currentSchoolOrNull() }),
      default: true,
      args: false,
    },
  },
  uniques: [
    { name: 'messages_school', properties: ['schoolId', 'id'] },
    { name: 'messages_dedupe_key', properties: ['dedupeKey'] },
    { name: 'messages_provider_ref', properties: ['provider', 'providerRef'] },
    { name: 'messages_retry_of', properties: ['schoolId', 'retryOf'] },
    { name: 'messages_fallback_of', properties: ['schoolId', 'fallbackOf'] },
  ],
  indexes: [
    { name: 'messages_user', properties: ['schoolId', 'userId', 'id'] },
    { name: 'messages_subject', properties: ['schoolId', 'subjectId', 'kind'] },
    { name: 'messages_state_age', properties: ['schoolId', 'state', 'id'] },
    { name: 'messages_kind_age', properties: ['schoolId', 'kind', 'id'] },
    { name: 'messages_channel_age', properties: ['schoolId', 'channel', 'id'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id().nullable(),
    userId: id(),
    channel: code<Channel>(),
    kind: code<MessageKind>(),
    /** The booking, invoice, payment, refund or one-time token it tells about. */
    subjectId: id(),
    params: json<MessageParams>(),
    /** When what it tells about begins, or would have begun. */
    happensAt: instant().nullable(),
    dedupeKey: text(190).collation('utf8mb4_bin'),
    state: code<MessageState>().collation('ascii_bin'),
    locale: code<'da' | 'en'>().nullable(),
    recipientMasked: text(190).nullable(),
    provider: code<string>().collation('ascii_bin').nullable(),
    providerRef: text(longestReference).collation('utf8mb4_bin').nullable(),
    segments: int().nullable(),
    costMicros: amount().nullable(),
    costCurrency: currency().nullable(),
    attempts: int().default(0),
    reason: text(500).nullable(),
    /** Of a dropped one: what the other channel may make up for; null where there is nothing to say to him. */
    droppedFor: code<DroppedFor>().nullable(),
    createdAt: instant(),
    firstTriedAt: instant().nullable(),
    closedAt: instant().nullable(),
    toldAt: instant().nullable(),
    /** The message that somebody had sent once more by this one. */
    retryOf: id().nullable(),
    /** The message of the other channel that did not get through. */
    fallbackOf: id().nullable(),
  },
});

export interface MessageOrigin {
  readonly id: Id;
  readonly schoolId: Id | null;
  readonly userId: Id;
  readonly channel: Channel;
  readonly kind: MessageKind;
  readonly subjectId: Id;
  readonly params: MessageParams;
  readonly happensAt: Date | null;
  readonly dedupeKey: string;
  readonly createdAt: Date;
}

/** One message to one person on one channel, from the event that caused it until its provider took or refused it. */
export class Message extends MessageSchema.class {
  static queue(order: MessageOrigin): Message {
    return Object.assign(new Message(), order, { state: 'queued', attempts: 0 } as const);
  }

  /** The same news to the same person, once more by hand. */
  retriedAt(at: Date): Message {
    return this.again({ channel: this.channel, dedupeKey: `retry:${this.id}`, retryOf: this.id }, at);
  }

  /** The same news on the other channel, because this one leads nowhere. */
  fallbackAt(at: Date): Message {
    const as = { channel: otherChannel(this.channel), dedupeKey: `fallback:${this.id}`, fallbackOf: this.id };
    return this.again(as, at);
  }

  /** The dedupe key of the same news on the other channel. */
  get otherKey(): string {
    return `${this.dedupeKey.slice(0, -this.channel.length)}${otherChannel(this.channel)}`;
  }

  /** It has ended, and not where it was to go, so that sending it once more may make sense. */
  get mayBeRetried(): boolean {
    return retryable.includes(this.state);
  }

  /** Nothing is left to try; its provider may still tell what became of it. */
  get isClosed(): boolean {
    return !unsentStates.includes(this.state);
  }

  /** True when an earlier attempt may have reached the provider without our learning its answer. */
  get mayHaveGone(): boolean {
    return this.attempts > 1;
  }

  /** The attempt is recorded before the provider is called, so that a crash in between leaves a trace. */
  beginAttempt(at: Date): void {
    this.become('sending');
    this.attempts += 1;
    this.firstTriedAt ??= at;
  }

  /** To whom and how it goes, as far as the delivery log may show it. */
  addressed(to: { locale: 'da' | 'en'; recipientMasked: string; segments?: number }): void {
    this.locale = to.locale;
    this.recipientMasked = to.recipientMasked;
    this.segments = to.segments ?? null;
  }

  sent(at: Date, by: { provider: string; providerRef: string } & Billed): void {
    this.close('sent', at, null);
    this.provider = by.provider;
    this.providerRef = keptReference(by.providerRef);
    this.billed(by);
  }

  billed({ segments, cost }: Billed): void {
    this.segments = segments ?? this.segments;
    if (!cost) return;
    this.costMicros = cost.micros;
    this.costCurrency = cost.currency;
  }

  /** What its provider tells about it, once or often, in any order, and even before the answer to our own call is noted. */
  told(provider: string, news: DeliveryNews, now: Date): void {
    if (this.state === 'queued' || transitions[this.state].length === 0) return;
    this.provider ??= provider;
    this.providerRef ??= keptReference(news.providerRef);
    this.closedAt ??= now;
    this.billed(news);
    const known = this.known;
    if (known && !outweighs(news, known)) return;
    this.become(news.state);
    this.reason = news.reason && short(news.reason);
    this.toldAt = news.at;
  }

  private again(as: Pick<Message, 'channel' | 'dedupeKey'> & { retryOf?: Id; fallbackOf?: Id }, at: Date): Message {
    const { schoolId = null, userId, kind, subjectId, params, happensAt = null } = this;
    const origin = { id: newIdAt(at), schoolId, userId, kind, subjectId, params, happensAt, createdAt: at };
    return Object.assign(Message.queue({ ...origin, ...as }), as);
  }

  private get known(): Told | null {
    if (!this.toldAt) return null;
    return { state: this.state as ToldState, at: this.toldAt, reason: this.reason ?? null };
  }

  /** The provider will never take it. */
  rejected(at: Date, reason: string): void {
    this.close('rejected', at, reason);
  }

  /** We gave up after too many attempts without an answer. */
  failed(at: Date, reason: string): void {
    this.close('failed', at, reason);
  }

  /** Events overtook it, or its channel leads nowhere or is switched off. */
  dropped(at: Date, reason: string, droppedFor: DroppedFor | null): void {
    this.close('dropped', at, reason);
    this.droppedFor = droppedFor;
  }

  /** The attempt that has begun is none: its provider was not asked. */
  putBack(reason: string): void {
    this.attempts -= 1;
    this.reason = short(reason);
    if (this.attempts > 0) return;
    this.become('queued');
    this.firstTriedAt = null;
  }

  /** The attempt ended without a known outcome; another one follows. */
  unanswered(reason: string): void {
    this.reason = short(reason);
  }

  private close(state: MessageState, at: Date, reason: string | null): void {
    this.become(state);
    this.closedAt = at;
    this.reason = reason && short(reason);
  }

  private become(next: MessageState): void {
    if (!transitions[this.state].includes(next)) throw new Error(`a ${this.state} message cannot become ${next}`);
    this.state = next;
  }
}
MessageSchema.setClass(Message);

function short(reason: string): string {
  return reason.slice(0, 500);
}

/** One message per kind, cause, person and channel: a second order with the same key is the same message. */
export function dedupeKey(kind: MessageKind, cause: string, userId: Id, channel: Channel): string {
  return `${kind}:${cause}:${userId}:${channel}`;
}
