import type { ComposedMessage } from '../composing/message-composer.js';
import type { SharedReads } from '../composing/shared-reads.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Channel } from '../domain/message-kinds.js';
import type { DroppedFor } from '../domain/message.js';
import type { Delivery } from '../ports/delivery.js';
import type { Locale } from '../templates/wording.js';

/** How to reach a person; null where he has not said. */
export interface ReaderContact {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
}

export interface Outgoing {
  readonly message: MessageInHand;
  readonly reader: ReaderContact;
  readonly locale: Locale;
  readonly composed: ComposedMessage;
  readonly shared: SharedReads;
}

/** What became of one attempt, and how it was addressed. */
export interface Attempt {
  readonly channel: Channel;
  readonly delivery: Delivery;
  readonly locale: Locale;
  readonly recipientMasked: string;
  readonly segments?: number;
}

/** The message has nobody to go to, or nothing left to say. */
export class NotSendable {
  /** @param droppedFor what the other channel may make up for */
  constructor(
    readonly reason: string,
    readonly droppedFor: DroppedFor | null = null,
  ) {}
}

/** Not now; the provider has not been asked, so it is no attempt. */
export class PutOff {
  constructor(
    readonly until: Date,
    readonly reason: string,
  ) {}
}

/** One way to reach people: renders a message for it and hands it to the channel's provider. */
export interface MessageChannel {
  readonly provider: string;
  /** How many messages of one moment its provider is handed in one call. */
  readonly perCall: number;
  /** Where this person is reached this way, or why he is not. */
  addressOf(reader: ReaderContact): string | NotSendable;
  send(outgoing: Outgoing): Promise<Attempt>;
}
