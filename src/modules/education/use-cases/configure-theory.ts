import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../platform/database/query.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { TheoryAccountNeeded, TheoryAccountTaken, TheoryNotAvailable } from '../domain/theory-problems.js';
import { TheorySettings, type TheorySettingsSchema } from '../domain/theory-settings.js';
import { TheoryPlatform } from '../ports/theory-platform.js';

export interface TheorySettingsView {
  readonly enabled: boolean;
  readonly linkOnEnrolment: boolean;
  readonly accountNumber: string | null;
}

/** Whether a school's students learn the theory at the platform. Off until the school turns it on. */
@Injectable()
export class ConfigureTheory {
  constructor(
    readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  async read(): Promise<TheorySettingsView> {
    const em = this.em.fork({ keepTransactionContext: true });
    const settings = await em.findOne(TheorySettings, { schoolId: currentSchool() });
    return {
      enabled: settings?.enabled ?? false,
      linkOnEnrolment: settings?.linkOnEnrolment ?? false,
      accountNumber: settings?.accountRef ?? null,
    };
  }

  /** Students who are linked stay so. @throws TheoryNotAvailable, TheoryAccountNeeded, TheoryAccountTaken */
  @Transaction()
  async execute({ enabled, linkOnEnrolment, accountNumber }: TheorySettingsView): Promise<TheorySettingsView> {
    if (enabled && !this.platform.isAvailable) throw new TheoryNotAvailable();
    if (enabled && accountNumber === null) throw new TheoryAccountNeeded();
    const settings = await this.locked();
    await assertAsSeen(() => this.read());
    const fields = changedFields(settings, { enabled, linkOnEnrolment, accountRef: accountNumber });
    settings.change(enabled, linkOnEnrolment, accountNumber, this.clock.now());
    await this.em.flush().catch(namingTheAccount);
    await this.audit.record({ action: 'theory_settings.updated', subjectId: currentSchool(), details: { fields } });
    return this.read();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<TheorySettings> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof TheorySettingsSchema>>(this.em)
      .insertInto('theory_settings')
      .values({ school_id: bin(schoolId) })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(TheorySettings, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}

function namingTheAccount(error: unknown): never {
  throw isDuplicateKey(error, 'theory_settings_account') ? new TheoryAccountTaken() : error;
}
