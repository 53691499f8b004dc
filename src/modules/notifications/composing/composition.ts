import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Attachment } from '../ports/email-sender.js';
import type { MessageTemplate, Reader, Sender } from '../templates/engine.js';
import type { SharedReads } from './shared-reads.js';
import type { Wording } from '../templates/wording.js';

/** What a message says now, in its reader's words; the sender and the reader come with the frame. */
export interface Content {
  readonly template: MessageTemplate;
  readonly data: object;
  readonly attachments?: readonly Attachment[];
  /** Left out: the school, or the platform where there is none. */
  readonly sender?: Sender;
}

/** Who tells it to whom, and what messages that go out together need not read twice. */
export interface Frame {
  readonly reader: Reader;
  readonly sender: Sender;
  readonly shared: SharedReads;
}

/** Who tells what is no school's news. */
export const platformSender: Sender = { name: 'Just Driving' };

/** Events overtook the message: it must not go out any more. */
export class Overtaken {
  constructor(readonly reason: string) {}
}

/** A template with the data it asks for; the compiler checks that they fit. */
export function content<Data extends object>(
  template: MessageTemplate<Data>,
  data: Data,
  attachments?: readonly Attachment[],
): Content {
  return { template, data, attachments };
}

/**
 * Looks up what a message tells about at the moment of sending, so that it never tells yesterday's news. Called for every
 * attempt, outside of any transaction.
 */
export interface Composer {
  compose(message: MessageInHand, words: Wording, frame: Frame): Promise<Content | Overtaken>;
}
