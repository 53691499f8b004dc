import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { bin, globalQuery, lockedAsItIs } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { OwnSecondFactorFirst } from '../domain/identity-problems.js';
import { needsSecondFactor, type SecondFactorDemand } from '../domain/sign-in-rules.js';
import type { IdentityTables } from '../identity.tables.js';
import { SecondFactorReader } from '../queries/second-factor-reader.js';
import { SignInRulesReader, type SignInRulesView } from '../queries/sign-in-rules-reader.js';

/** Says from whom the school demands a second factor; it counts with the next request of each. */
@Injectable()
export class ChangeSignInRules {
  constructor(
    readonly em: EntityManager,
    private readonly reader: SignInRulesReader,
    private readonly secondFactors: SecondFactorReader,
    private readonly audit: Audit,
  ) {}

  /** @throws OwnSecondFactorFirst */
  @Transaction()
  async execute(actor: Actor, { secondFactorFor }: { secondFactorFor: SecondFactorDemand }): Promise<SignInRulesView> {
    await this.lock(actor);
    await assertAsSeen(() => this.reader.read());
    if (needsSecondFactor(actor.role, secondFactorFor)) await this.assertOwn(actor);
    await this.db
      .updateTable('sign_in_rules')
      .set({ second_factor_for: secondFactorFor })
      .where('school_id', '=', bin(actor.schoolId))
      .execute();
    const details = { secondFactorFor };
    await this.audit.record({ action: 'sign_in_rules.updated', subjectId: actor.schoolId, details });
    return this.reader.read();
  }

  /** Or he would shut himself out. */
  private async assertOwn({ userId }: Actor): Promise<void> {
    const own = userId && (await this.secondFactors.of(userId));
    if (!own || own.state !== 'enabled') throw new OwnSecondFactorFirst();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async lock({ schoolId }: Actor): Promise<void> {
    await this.db
      .insertInto('sign_in_rules')
      .values({ school_id: bin(schoolId), second_factor_for: 'nobody' })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
  }

  private get db() {
    return globalQuery<IdentityTables>(this.em);
  }
}
