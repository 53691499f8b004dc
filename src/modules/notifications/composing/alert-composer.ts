import { Injectable } from '@nestjs/common';
import { DeadDeliveries } from '../../../platform/outbox/dead-deliveries.js';
import type { Id } from '../../../platform/values/id.js';
import { type DifferenceKind, DisputeReader, InvoiceReader, NewDifferences } from '../../finance/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { Locale, Wording } from '../templates/wording.js';
import { type Composer, type Content, content, Overtaken, platformSender } from './composition.js';

const differenceNames: Record<DifferenceKind, Record<Locale, string>> = {
  missing_here: { da: 'Betalinger, der mangler hos os', en: 'Payments missing here' },
  missing_there: { da: 'Betalinger, der mangler hos udbyderen', en: 'Payments missing at the provider' },
  amount_differs: { da: 'Beløb, der ikke passer', en: 'Amounts that differ' },
  unknown_refund: { da: 'Ukendte tilbagebetalinger', en: 'Unknown refunds' },
  unknown_dispute: { da: 'Ukendte indsigelser', en: 'Unknown disputes' },
  other_movement: { da: 'Andre posteringer hos udbyderen', en: 'Other lines at the provider' },
  provider_unbound: {
    da: 'Betalinger hos en udbyder, der ikke er sat op',
    en: 'Payments at a provider that is not set up',
  },
};

/** What those who run a school or the platform are to look at: told by the platform, as it stands when the message goes out. */
@Injectable()
export class AlertComposer implements Composer {
  constructor(
    private readonly disputes: DisputeReader,
    private readonly invoices: InvoiceReader,
    private readonly dead: DeadDeliveries,
    private readonly differences: NewDifferences,
  ) {}

  async compose(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const told = await this.news(message, words);
    return told instanceof Overtaken ? told : { ...told, sender: platformSender };
  }

  private news(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    if (message.kind === 'platform_dead_letters') return this.givenUp(message, words);
    if (message.kind === 'school_differences_found') return this.differing(words);
    if (message.kind === 'school_webhook_disabled') return this.webhook(message);
    if (message.kind === 'school_books_disconnected') return this.booksLost(message);
    return message.kind === 'school_invoice_bounced' ? this.bounce(message) : this.dispute(message, words);
  }

  private async dispute({ params }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const found = await this.disputes.forMessage(params['disputeId'] as Id);
    if (!found || found.state === 'won') return new Overtaken('the dispute was won before the message went out');
    const { provider, openedAt, state } = found;
    const dispute = {
      amount: words.amount(found.amount),
      provider,
      opened: words.day(openedAt),
      open: state === 'opened' ? 'open' : '',
    };
    return content(templates.school_dispute_opened, { dispute });
  }

  private async booksLost({ params }: MessageInHand): Promise<Content> {
    return content(templates.school_books_disconnected, { books: { provider: params['provider']! } });
  }

  private async bounce({ subjectId }: MessageInHand): Promise<Content | Overtaken> {
    const invoice = await this.invoices.forMessage(subjectId);
    if (!invoice) return new Overtaken('the invoice is gone');
    return content(templates.school_invoice_bounced, { invoice: { number: invoice.number } });
  }

  private async webhook({ params }: MessageInHand): Promise<Content> {
    const isGone = params['reason'] === 'gone' ? 'gone' : '';
    return content(templates.school_webhook_disabled, { webhook: { host: params['host']!, gone: isGone } });
  }

  private async givenUp({ params }: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const until = new Date(params['until']!);
    const counts = await this.dead.counts(new Date(params['since']!), until);
    if (counts.length === 0) return new Overtaken('all of them were tried again or discarded');
    const dead = {
      count: counts.reduce((sum, { number }) => sum + number, 0),
      until: words.moment(until),
      lines: counts.map(({ handler, number }) => `${handler}: ${number}`).join('\n'),
    };
    return content(templates.platform_dead_letters, { dead });
  }

  private async differing(words: Wording): Promise<Content | Overtaken> {
    const counts = await this.differences.open();
    if (counts.length === 0) return new Overtaken('no difference is open any more');
    const differences = {
      count: counts.reduce((sum, { number }) => sum + number, 0),
      lines: counts.map(({ kind, number }) => `${words.either(differenceNames[kind])}: ${number}`).join('\n'),
    };
    return content(templates.school_differences_found, { differences });
  }
}
