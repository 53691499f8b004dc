import { Injectable } from '@nestjs/common';
import { InvoicePdf, InvoiceReader, type InvoiceForMessage } from '../../finance/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { InvoiceView } from '../templates/invoice-view.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

const paperNames = {
  invoice: { da: 'faktura', en: 'invoice' },
  credit_note: { da: 'kreditnota', en: 'credit-note' },
} as const;

/** Invoices and credit notes with their PDF, receipts and refunds. */
@Injectable()
export class MoneyComposer implements Composer {
  constructor(
    private readonly invoices: InvoiceReader,
    private readonly pdf: InvoicePdf,
  ) {}

  compose(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    if (message.kind === 'invoice_issued' || message.kind === 'credit_note_issued') return this.invoice(message, words);
    if (message.kind === 'payment_failed') return this.failed(message, words);
    return message.kind === 'payment_received' ? this.receipt(message, words) : this.refund(message, words);
  }

  private async invoice(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const invoice = await this.invoices.forMessage(message.subjectId);
    if (!invoice) return new Overtaken('the invoice is gone');
    const paper = {
      filename: `${paperNames[invoice.kind][words.locale]}-${invoice.number}.pdf`,
      contentType: 'application/pdf',
      content: await this.pdf.render(invoice.invoiceId),
    };
    const template = invoice.kind === 'credit_note' ? templates.credit_note_issued : templates.invoice_issued;
    return content(template, { invoice: invoiceView(invoice, words) }, [paper]);
  }

  private async receipt(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const payment = await this.invoices.payment(message.subjectId);
    const invoice = payment?.invoiceId && (await this.invoices.forMessage(payment.invoiceId));
    if (!invoice) return new Overtaken('the payment is gone');
    const view = { amount: words.amount(payment.amount), on: words.day(payment.receivedAt) };
    return content(templates.payment_received, { invoice: invoiceView(invoice, words), payment: view });
  }

  private async failed({ subjectId }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const invoice = await this.invoices.forMessage(subjectId);
    if (!invoice?.outstanding.isPositive) return new Overtaken('the invoice was paid before the message went out');
    return content(templates.payment_failed, { invoice: invoiceView(invoice, words) });
  }

  private async refund(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const refund = await this.invoices.refund(message.subjectId);
    const invoice = refund?.invoiceId && (await this.invoices.forMessage(refund.invoiceId));
    if (!invoice) return new Overtaken('the refund is gone');
    const view = { amount: words.amount(refund.amount), on: words.day(refund.completedAt) };
    return content(templates.refund_completed, { invoice: invoiceView(invoice, words), payment: view });
  }
}

/** An invoice as texts speak of it. */
export function invoiceView(invoice: InvoiceForMessage, words: Wording): InvoiceView['invoice'] {
  return {
    number: String(invoice.number),
    gross: words.amount(invoice.gross),
    vat: words.amount(invoice.vat),
    issuedOn: words.day(invoice.issuedAt),
    dueOn: words.date(invoice.dueOn),
    payLink: invoice.payLink ?? '',
  };
}
