import { Injectable } from '@nestjs/common';
import { currentSchoolOrNull } from '../../../platform/tenancy/tenancy.js';
import { Scheduling } from '../../schools/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { Message } from '../domain/message.js';
import type { Attachment } from '../ports/email-sender.js';
import type { MessageTemplate, Sender, View } from '../templates/engine.js';
import { Wording, type Locale } from '../templates/wording.js';
import { AccountComposer } from './account-composer.js';
import { Overtaken, type Composer } from './composition.js';
import { LessonComposer } from './lesson-composer.js';
import { MoneyComposer } from './money-composer.js';

/** A message ready to be rendered for any channel. */
export interface ComposedMessage {
  readonly template: MessageTemplate;
  readonly view: View;
  readonly attachments: readonly Attachment[];
}

const platform = { sender: { name: 'Just Driving' }, zone: 'Europe/Copenhagen' };

/** Puts together what a message says: the school that sends it, the person who reads it, and the news itself. */
@Injectable()
export class MessageComposer {
  private readonly composers: Record<MessageKind, Composer>;

  constructor(
    account: AccountComposer,
    lesson: LessonComposer,
    money: MoneyComposer,
    private readonly scheduling: Scheduling,
  ) {
    this.composers = {
      invitation: account,
      password_reset: account,
      lesson_booked: lesson,
      lesson_moved: lesson,
      lesson_cancelled: lesson,
      lesson_reminder: lesson,
      teacher_lesson_booked: lesson,
      teacher_lesson_moved: lesson,
      teacher_lesson_cancelled: lesson,
      invoice_issued: money,
      payment_received: money,
      refund_completed: money,
    };
  }

  async compose(message: Message, reader: { name: string; locale: Locale }): Promise<ComposedMessage | Overtaken> {
    const { sender, zone } = await this.origin();
    const news = await this.composers[message.kind].compose(message, new Wording(reader.locale, zone));
    if (news instanceof Overtaken) return news;
    return { template: news.template, view: { ...news.data, sender, reader }, attachments: news.attachments ?? [] };
  }

  private async origin(): Promise<{ sender: Sender; zone: string }> {
    if (!currentSchoolOrNull()) return platform;
    const { name, email, phone, addressLine, postcode, city, zone } = await this.scheduling.school();
    return { sender: { name, email, phone, address: `${addressLine}, ${postcode} ${city}` }, zone };
  }
}
