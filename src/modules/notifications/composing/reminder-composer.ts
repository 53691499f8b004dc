import { Injectable } from '@nestjs/common';
import { DunningReader, InvoiceReader } from '../../finance/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';
import { invoiceView } from './money-composer.js';

/** Reminders of what is not paid, and that a card did not pay it. */
@Injectable()
export class ReminderComposer implements Composer {
  constructor(
    private readonly dunning: DunningReader,
    private readonly invoices: InvoiceReader,
  ) {}

  /** Whoever has paid meanwhile hears nothing. */
  async compose({ kind, subjectId }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const step = kind === 'card_not_charged' ? null : await this.dunning.forMessage(subjectId);
    const invoiceId = kind === 'card_not_charged' ? subjectId : step?.invoiceId;
    const invoice = invoiceId && (await this.invoices.forMessage(invoiceId));
    if (!invoice || !invoice.outstanding.isPositive) return new Overtaken('the invoice has been paid');
    const reminder = {
      outstanding: words.amount(invoice.outstanding),
      fee: step?.fee ? words.amount(step.fee) : '',
    };
    const view = { invoice: invoiceView(invoice, words), reminder };
    if (kind === 'card_not_charged') return content(templates.card_not_charged, view);
    if (kind === 'booking_stopped') return content(templates.booking_stopped, view);
    return content(kind === 'payment_reminder' ? templates.payment_reminder : templates.payment_fee_reminder, view);
  }
}
