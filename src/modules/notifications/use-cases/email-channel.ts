import { Injectable } from '@nestjs/common';
import { maskEmail } from '../domain/mask.js';
import { EmailSender } from '../ports/email-sender.js';
import { renderEmail } from '../templates/engine.js';
import type { Attempt, MessageChannel, Outgoing } from './message-channel.js';

/** E-mail. A repeat carries the same Message-ID, by which mail servers and readers know it. */
@Injectable()
export class EmailChannel implements MessageChannel {
  constructor(private readonly sender: EmailSender) {}

  get provider(): string {
    return this.sender.provider;
  }

  obstacle(): string | null {
    return null;
  }

  async send({ message, reader, locale, composed }: Outgoing): Promise<Attempt> {
    const { template, view, attachments } = composed;
    const delivery = await this.sender.send({
      ...renderEmail(template, locale, view),
      messageId: message.id,
      to: { name: reader.name, address: reader.email },
      fromName: view.sender.name,
      replyTo: view.sender.email,
      attachments,
    });
    return { delivery, locale, recipientMasked: maskEmail(reader.email) };
  }
}
