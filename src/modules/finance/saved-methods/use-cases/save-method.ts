import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AppConfig } from '../../../../platform/config/app.config.js';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { Rejected, Unknown } from '../../../../platform/ports/outcome.js';
import type { Id } from '../../../../platform/values/id.js';
import { CheckoutRejected, GatewayUnclear } from '../../domain/errors.js';
import { SavedMethod } from '../../domain/saved-method.js';
import type { PaymentGateway, SaveMethodIntent, SaveMethodOpened } from '../../ports/payment-gateway.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { BeginSavingMethod } from './begin-saving-method.js';
import { RecordSavedMethod } from './record-saved-method.js';

export interface MethodPage {
  readonly methodId: Id;
  /** Where the student saves it. */
  readonly url: string;
}

/** Where a student saves a card: on the gateway's own page, so that we never see its number. */
@Injectable()
export class SaveMethod {
  constructor(
    private readonly em: EntityManager,
    private readonly app: AppConfig,
    private readonly gateways: PaymentGateways,
    private readonly sellers: SellerReader,
    private readonly begin: BeginSavingMethod,
    private readonly record: RecordSavedMethod,
  ) {}

  /** @throws StudentNotFound, MethodsNotSupported, CheckoutRejected, GatewayUnclear */
  async execute(actor: Actor, studentId: Id, locale: 'da' | 'en'): Promise<MethodPage> {
    const methodId = await this.begin.execute(actor, studentId);
    const answer = await this.openPage(methodId, locale);
    if (answer.outcome === 'rejected') throw new CheckoutRejected();
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return { methodId, url: answer.url };
  }

  private async openPage(methodId: Id, locale: 'da' | 'en'): Promise<SaveMethodOpened | Rejected | Unknown> {
    const { gateway, intent } = await inTransaction(this.em, () => this.read(methodId, locale));
    const answer = await gateway.saveMethod(intent);
    await this.record.opened(methodId, answer);
    return answer;
  }

  private async read(
    methodId: Id,
    locale: 'da' | 'en',
  ): Promise<{ gateway: PaymentGateway; intent: SaveMethodIntent }> {
    const method = await this.em.findOneOrFail(SavedMethod, { id: methodId });
    const { studentId, schoolId, provider } = method;
    const before = await this.em.findOne(
      SavedMethod,
      { studentId, provider, accountRef: method.accountRef ?? null, customerRef: { $ne: null } },
      { orderBy: { id: 'desc' } },
    );
    const { seller } = await this.sellers.terms();
    const page = (name: string) => new URL(`/pay/cards/${name}?lang=${locale}`, this.app.publicUrl).href;
    const intent = {
      methodId,
      schoolId,
      studentId,
      locale,
      account: method.accountRef ?? null,
      customerRef: before?.customerRef ?? null,
      payee: seller.name,
      successUrl: page('saved'),
      cancelUrl: page('cancelled'),
    };
    return { gateway: this.gateways.for(provider), intent };
  }
}
