import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, byText, List } from '../../../platform/database/list.js';
import { globalQuery, bin, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalTime } from '../../../platform/values/zone.js';
import { splitLeads, type ReminderLeads } from '../domain/reminder-leads.js';
import { SchoolNotFound } from '../domain/school-problems.js';
import { SchoolSchema, splitHolidays, type Locale } from '../domain/school.js';
import type { CustomaryHoliday } from '../domain/working-days.js';

export interface SchoolSummary {
  readonly id: Id;
  readonly name: string;
  readonly slug: string;
  readonly city: string;
  readonly createdAt: Date;
}

export interface SchoolView extends SchoolSummary {
  readonly cvr: string;
  readonly email: string;
  readonly phone: string;
  readonly addressLine: string;
  readonly postcode: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly currency: string;
  readonly lessonReminders: ReminderLeads;
  readonly classReminders: ReminderLeads;
  readonly examReminders: ReminderLeads;
  readonly teacherDigestTime: LocalTime | null;
  readonly quietFrom: LocalTime;
  readonly quietUntil: LocalTime;
  readonly keptHolidays: readonly CustomaryHoliday[];
  /** Null: as the installation has it. */
  readonly leadEscalationHours: number | null;
}

export const schoolList = new List({ sorts: { name: byText('name'), createdAt: byAge }, defaultSort: 'name' });

@Injectable()
export class SchoolReader {
  constructor(private readonly em: EntityManager) {}

  /** @throws SchoolNotFound */
  async get(id: Id): Promise<SchoolView> {
    const row = await this.schools
      .select(['cvr', 'email', 'phone', 'address_line as addressLine', 'postcode', 'zone', 'locale', 'currency'])
      .select(['lesson_reminders', 'class_reminders', 'exam_reminders'])
      .select(['teacher_digest_time as teacherDigestTime', 'kept_holidays'])
      .select(['quiet_from as quietFrom', 'quiet_until as quietUntil', 'lead_escalation_hours as leadEscalationHours'])
      .where('id', '=', bin(id))
      .executeTakeFirst();
    if (!row) throw new SchoolNotFound();
    const { lesson_reminders, class_reminders, exam_reminders, kept_holidays, ...school } = row;
    return {
      ...school,
      lessonReminders: splitLeads(lesson_reminders),
      classReminders: splitLeads(class_reminders),
      examReminders: splitLeads(exam_reminders),
      keptHolidays: splitHolidays(kept_holidays),
    };
  }

  /** Every school of the platform. */
  list(asked: Asked<typeof schoolList>): Promise<Page<SchoolSummary>> {
    return schoolList.page(this.schools, asked);
  }

  private get schools() {
    return globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select(['id', 'name', 'slug', 'city', 'created_at as createdAt']);
  }
}
