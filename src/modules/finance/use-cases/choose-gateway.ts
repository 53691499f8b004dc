import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../platform/database/query.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { GatewayAccountTaken, GatewayNotBound, NoSchoolAccounts } from '../domain/gateway-errors.js';
import { GatewayAccount, type GatewayAccountSchema } from '../domain/gateway-account.js';
import { PaymentGateways } from '../ports/payment-gateways.js';

export interface GatewayChoice {
  readonly provider: string;
  readonly accountRef: string | null;
}

/** Through which gateway the current school is paid. Payments already begun stay where they are. */
@Injectable()
export class ChooseGateway {
  constructor(
    readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly audit: Audit,
  ) {}

  async read(): Promise<GatewayChoice> {
    const fork = this.em.fork({ keepTransactionContext: true });
    const account = await fork.findOne(GatewayAccount, { schoolId: currentSchool() });
    return {
      provider: account?.provider ?? this.gateways.current.provider,
      accountRef: account?.accountRef ?? null,
    };
  }

  /** @throws GatewayNotBound, NoSchoolAccounts, GatewayAccountTaken */
  async execute(choice: GatewayChoice): Promise<GatewayChoice> {
    const gateway = this.gateways.find(choice.provider);
    if (!gateway) throw new GatewayNotBound();
    if (choice.accountRef && !gateway.supports.schoolAccounts) throw new NoSchoolAccounts();
    try {
      return await this.write(choice);
    } catch (error) {
      if (isDuplicateKey(error, 'gateway_accounts_ref')) throw new GatewayAccountTaken();
      throw error;
    }
  }

  @Transaction()
  async write(choice: GatewayChoice): Promise<GatewayChoice> {
    const schoolId = currentSchool();
    const account = await this.locked();
    await assertAsSeen(() => this.read());
    Object.assign(account, choice);
    await this.em.flush();
    await this.audit.record({ action: 'payment_gateway.chosen', subjectId: schoolId, details: { ...choice } });
    return this.read();
  }

  /** What is not there cannot be locked. */
  private async locked(): Promise<GatewayAccount> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof GatewayAccountSchema>>(this.em)
      .insertInto('gateway_accounts')
      .values({ school_id: bin(schoolId), provider: this.gateways.current.provider, account_ref: null })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(GatewayAccount, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
