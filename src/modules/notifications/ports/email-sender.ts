import type { Delivery } from './delivery.js';

export interface Attachment {
  readonly filename: string;
  /** Such as application/pdf. */
  readonly contentType: string;
  readonly content: Buffer;
  /** A picture that the HTML shows as `cid:` and its filename, and that is no file to keep. */
  readonly inline?: true;
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
  /** Where one POST takes the reader off the list (RFC 8058); absent from what everybody must get. */
  readonly listUnsubscribe?: string;
}

/** Hands e-mail to a provider. An adapter answers every failure with a Delivery and never throws for one. */
export abstract class EmailSender {
  /** The provider's name as kept on the message. */
  abstract readonly provider: string;

  abstract send(email: Email): Promise<Delivery>;

  /**
   * The provider's reference of an earlier attempt of this very mail: asked after an Unknown, before a repeat. Null when it was
   * not taken, and from a provider that cannot tell; then the mail is sent again under the same Message-ID.
   * @throws when the provider cannot be asked now
   */
  findTaken(_email: Email, _since: Date): Promise<string | null> {
    return Promise.resolve(null);
  }

  /**
   * Takes an address off the provider's own suppression list, as far as it has one and lets us. May be asked more than once.
   * @throws when the provider cannot be asked now
   */
  removeSuppression(_address: string): Promise<void> {
    return Promise.resolve();
  }
}
