import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byText, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { policyOf, type CancellationPolicy } from '../domain/cancellation-policy.js';
import type { LessonNeeds, LessonTypeDetails } from '../domain/lesson-type-rules.js';
import { LessonTypeSchema } from '../domain/lesson-type.js';
import { splitLeads, type ReminderLeads } from '../domain/reminder-leads.js';
import { LessonTypeNotFound } from '../domain/school-problems.js';
import { storedJson } from '../../../platform/database/stored-json.js';

export interface LessonTypeView
  extends Omit<LessonTypeDetails, keyof LessonNeeds | 'cancelNoticeHours' | 'cancelFee' | 'reminders'>, LessonNeeds {
  readonly id: Id;
  readonly price: Money;
  readonly cancellation: CancellationPolicy;
  /** Both null where the policy says more than hours and an amount. */
  readonly cancelNoticeHours: number | null;
  readonly cancelFee: Money | null;
  readonly active: boolean;
  /** Null: as the school does. */
  readonly reminders: ReminderLeads | null;
}

export const lessonTypeList = new List({ sorts: { name: byText('name') }, defaultSort: 'name' });

export interface LessonTypesAsked extends Asked<typeof lessonTypeList> {
  readonly includeInactive?: boolean;
}

type Db = Tables<typeof LessonTypeSchema>;
type Reader = Pick<Actor, 'isStaff'>;

@Injectable()
export class LessonTypeReader {
  constructor(private readonly em: EntityManager) {}

  /** What the school sells; the withdrawn ones are for staff who ask for them. */
  async list(reader: Reader, asked: LessonTypesAsked): Promise<Page<LessonTypeView>> {
    const types =
      reader.isStaff && asked.includeInactive ? this.lessonTypes : this.lessonTypes.where('active', '=', true);
    return mapPage(await lessonTypeList.page(types, asked), toView);
  }

  /** @throws LessonTypeNotFound */
  async get(id: Id): Promise<LessonTypeView> {
    const row = await this.lessonTypes.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new LessonTypeNotFound();
    return toView(row);
  }

  private get lessonTypes() {
    return schoolQuery<Db>(this.em).selectFrom('lesson_types').selectAll();
  }
}

/** The row of a lesson type as people and other modules read it. */
export function toView(row: Selectable<Db['lesson_types']>): LessonTypeView {
  return {
    id: row.id,
    name: row.name,
    minutes: row.minutes,
    price: Money.of(row.price_minor, row.currency),
    vatRateBp: row.vat_rate_bp,
    needsVehicle: row.needs_vehicle,
    licenceClass: row.licence_class,
    vehicleClass: row.vehicle_class,
    gearbox: row.gearbox,
    needsTrailer: row.needs_trailer,
    facilityKind: row.facility_kind,
    setupMinutes: row.setup_minutes,
    bufferMinutes: row.buffer_minutes,
    ...cancellationOf(row),
    bookableByStudents: row.bookable_by_students,
    reminders: row.reminders === null ? null : splitLeads(row.reminders),
    active: row.active,
  };
}

function cancellationOf(row: Selectable<Db['lesson_types']>) {
  const fee = Money.of(row.cancel_fee_minor, row.currency);
  if (row.cancellation === null) {
    const hours = row.cancel_notice_hours;
    return { cancellation: policyOf({ hours, fee: fee.toJSON() }), cancelNoticeHours: hours, cancelFee: fee };
  }
  // One server hands JSON over as text, the other as a value.
  const stored: unknown = row.cancellation;
  const cancellation = storedJson(stored as CancellationPolicy | string);
  return { cancellation, cancelNoticeHours: null, cancelFee: null };
}
