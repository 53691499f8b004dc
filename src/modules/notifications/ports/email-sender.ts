import type { Delivery } from './delivery.js';

export interface Attachment {
  readonly filename: string;
  /** Such as application/pdf. */
  readonly contentType: string;
  readonly content: Buffer;
}

export interface Email {
  /** The same for every attempt of one message, so that a repeat is one mail to whoever keeps mail by Message-ID. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  /** Shown beside the sender's address, such as the school's name. */
  readonly fromName: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

/** Hands e-mail to a provider. An adapter answers every failure with a Delivery and never throws for one. */
export abstract class EmailSender {
  /** The provider's name as kept on the message. */
  abstract readonly provider: string;

  abstract send(email: Email): Promise<Delivery>;
}
