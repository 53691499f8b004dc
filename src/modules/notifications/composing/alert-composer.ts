import { Injectable } from '@nestjs/common';
import { DeadDeliveries } from '../../../platform/outbox/dead-deliveries.js';
import type { Id } from '../../../platform/values/id.js';
import { DisputeReader, InvoiceReader } from '../../finance/index.js';
import type { Message } from '../domain/message.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { type Composer, type Content, content, Overtaken, platformSender } from './composition.js';

/** What those who run a school or the platform are to look at: told by the platform, as it stands when the message goes out. */
@Injectable()
export class AlertComposer implements Composer {
  constructor(
    private readonly disputes: DisputeReader,
    private readonly invoices: InvoiceReader,
    private readonly dead: DeadDeliveries,
  ) {}

  async compose(message: Message, words: Wording): Promise<Content | Overtaken> {
    const told = await this.news(message, words);
    return told instanceof Overtaken ? told : { ...told, sender: platformSender };
  }

  private news(message: Message, words: Wording): Promise<Content | Overtaken> {
    if (message.kind === 'platform_dead_letters') return this.givenUp(message, words);
    return message.kind === 'school_invoice_bounced' ? this.bounce(message) : this.dispute(message, words);
  }

  private async dispute({ params }: Message, words: Wording): Promise<Content | Overtaken> {
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

  private async bounce({ subjectId }: Message): Promise<Content | Overtaken> {
    const invoice = await this.invoices.forMessage(subjectId);
    if (!invoice) return new Overtaken('the invoice is gone');
    return content(templates.school_invoice_bounced, { invoice: { number: invoice.number } });
  }

  private async givenUp({ params }: Message, words: Wording): Promise<Content | Overtaken> {
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
}
