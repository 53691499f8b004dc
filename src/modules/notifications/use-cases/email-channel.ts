import { Injectable } from '@nestjs/common';
import { MailLogos } from '../composing/mail-logos.js';
import { maskEmail } from '../domain/mask.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { accepted, type Delivery, unansweredBy } from '../ports/delivery.js';
import { type Email, EmailSender } from '../ports/email-sender.js';
import { renderEmail } from '../templates/engine.js';
import type { Attempt, MessageChannel, Outgoing, ReaderContact } from './message-channel.js';

/** E-mail. A repeat carries the same Message-ID; a provider that can say what it has taken is asked before. */
@Injectable()
export class EmailChannel implements MessageChannel {
  readonly perCall = 1;

  constructor(
    private readonly sender: EmailSender,
    private readonly logos: MailLogos,
  ) {}

  get provider(): string {
    return this.sender.provider;
  }

  addressOf({ email }: ReaderContact): string {
    return email;
  }

  async send({ message, reader, locale, composed, shared }: Outgoing): Promise<Attempt> {
    const { template, view, attachments, isOfSchool } = composed;
    const logo = isOfSchool ? await shared.once(`logo ${message.schoolId}`, () => this.logos.current()) : null;
    const email = {
      ...renderEmail(template, locale, view, logo?.shown),
      messageId: message.id,
      to: { name: reader.name, address: reader.email },
      fromName: view.sender.name,
      replyTo: view.sender.email,
      attachments: logo ? [...attachments, logo.picture] : attachments,
      ...(view.unsubscribeLink && { listUnsubscribe: view.unsubscribeLink }),
    };
    const delivery = await this.sendOnce(message, email);
    return { channel: 'email', delivery, locale, recipientMasked: maskEmail(reader.email) };
  }

  private async sendOnce(message: MessageInHand, email: Email): Promise<Delivery> {
    if (!message.mayHaveGone) return this.sender.send(email);
    try {
      const ref = await this.sender.findTaken(email, message.firstTriedAt ?? message.createdAt);
      return ref ? accepted(ref) : await this.sender.send(email);
    } catch (error) {
      return unansweredBy(error, `${this.provider} cannot say what it has taken: ${(error as Error).name}`);
    }
  }
}
