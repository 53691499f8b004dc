import type { Message } from '../domain/message.js';
import type { Attachment } from '../ports/email-sender.js';
import type { MessageTemplate, Sender } from '../templates/engine.js';
import type { Wording } from '../templates/wording.js';

/** What a message says now, in its reader's words; the sender and the reader come with the frame. */
export interface Content {
  readonly template: MessageTemplate;
  readonly data: object;
  readonly attachments?: readonly Attachment[];
  /** Left out: the school, or the platform where there is none. */
  readonly sender?: Sender;
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
  compose(message: Message, words: Wording): Promise<Content | Overtaken>;
}
