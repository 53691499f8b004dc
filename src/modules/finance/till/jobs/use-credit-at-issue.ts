import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { InvoiceIssued } from '../../domain/events.js';
import { ConfigureFinance } from '../../use-cases/configure-finance.js';
import { UseCredit } from '../use-cases/use-credit.js';

/** Where the school says so, credit pays the next invoice by itself. */
@Injectable()
export class UseCreditAtIssue {
  constructor(
    private readonly settings: ConfigureFinance,
    private readonly useCredit: UseCredit,
  ) {}

  @Handles(InvoiceIssued, { name: 'finance.use-credit-at-issue' })
  async handle({ payload }: EventOf<InvoiceIssued>): Promise<void> {
    if ((await this.settings.read()).useCredit) await this.useCredit.onIssue(payload.invoiceId);
  }
}
