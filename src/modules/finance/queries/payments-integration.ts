import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import type { PaymentSchema } from '../domain/payment.js';
import { PaymentGateways } from '../ports/payment-gateways.js';

/** The gateway of each provider that this school's payments went through, and the one of new payments. */
@Injectable()
export class PaymentsIntegration {
  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
  ) {}

  /** A payment that is declined is an answer, so only an open circuit counts against a gateway. */
  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const rows = await Promise.all(this.gateways.all.map(({ provider }) => this.lastSettled(provider)));
    const current = this.gateways.current.provider;
    return rows
      .filter(({ provider, at }) => at !== null || provider === current)
      .map(({ provider, at }) => ({
        kind: 'payments',
        provider,
        state: 'ok',
        lastSuccessAt: at,
        lastFailureAt: null,
        lastFailure: null,
      }));
  }

  private async lastSettled(provider: string): Promise<{ readonly provider: string; readonly at: Date | null }> {
    const last = await schoolQuery<Tables<typeof PaymentSchema>>(this.em)
      .selectFrom('payments')
      .select('settled_at as at')
      .where('provider', '=', provider)
      .where('settled_at', 'is not', null)
      .orderBy('settled_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return { provider, at: last?.at ?? null };
  }
}
