import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Scheduling } from '../../../schools/index.js';
import { settingsView, type BookingSettingsView } from '../domain/rule-views.js';
import { RulesInOtherCurrency } from '../domain/settings-problems.js';
import { BookingSettings, type BookingSettingsSchema } from '../domain/settings.js';

/** Who may book what, for all lesson types and students that have no rules of their own. */
@Injectable()
export class ConfigureBooking {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly audit: Audit,
  ) {}

  async read(): Promise<BookingSettingsView> {
    const { currency } = await this.scheduling.school();
    const em = this.em.fork({ keepTransactionContext: true });
    return settingsView(await em.findOne(BookingSettings, { schoolId: currentSchool() }), currency);
  }

  /** Lessons that are booked already stay. @throws RulesInOtherCurrency */
  @Transaction()
  async execute(change: BookingSettingsView): Promise<BookingSettingsView> {
    const { arrearsLimit, ...rest } = change;
    const { currency } = await this.scheduling.school();
    if (arrearsLimit && arrearsLimit.currency !== currency) throw new RulesInOtherCurrency('arrearsLimit', currency);
    const settings = await this.locked();
    await assertAsSeen(() => this.read());
    const values = { ...rest, arrearsLimitMinor: arrearsLimit?.amount ?? null };
    const fields = changedFields(settings, values);
    Object.assign(settings, values);
    await this.em.flush();
    await this.audit.record({ action: 'booking_settings.updated', subjectId: currentSchool(), details: { fields } });
    return this.read();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<BookingSettings> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof BookingSettingsSchema>>(this.em)
      .insertInto('booking_settings')
      .values({ school_id: bin(schoolId) })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(BookingSettings, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
