import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, List } from '../../../platform/database/list.js';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Texts } from '../../../platform/http/problem.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../platform/values/zone.js';
import type { ClosingDaySchema } from '../domain/closing-day.js';
import { publicHolidays } from '../domain/public-holidays.js';
import type { Locale } from '../domain/school.js';
import { type CustomaryHoliday, customaryHolidayIn, customaryHolidays } from '../domain/working-days.js';
import { Scheduling } from './scheduling.js';

type Db = Tables<typeof ClosingDaySchema>;

export interface ClosingDayView {
  readonly id: Id;
  readonly date: LocalDate;
  readonly name: string;
}

/** A holiday, by law or by custom, on which the school might close. */
export interface ProposedClosingDay {
  readonly date: LocalDate;
  readonly name: string;
  /** True when it is a closing day already. */
  readonly chosen: boolean;
}

export const closingDayList = new List({ sorts: { date: byText('date') }, defaultSort: 'date' });

export interface ClosingDaysAsked extends Asked<typeof closingDayList> {
  /** Leaves out what was before; today when missing. */
  readonly from?: LocalDate;
}

/** The dates on which the current school is closed. */
@Injectable()
export class ClosingDayReader {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  async list(asked: ClosingDaysAsked): Promise<Page<ClosingDayView>> {
    const from = asked.from ?? localDate(this.clock.now(), (await this.scheduling.school()).zone);
    const days = schoolQuery<Db>(this.em).selectFrom('closing_days').select(['id', 'date', 'name']);
    return closingDayList.page(days.where('date', '>=', from), asked);
  }

  /** The holidays of the year, this one's when missing, that are not over: named in the school's language, as everybody will read them. */
  async proposals(year?: number): Promise<ProposedClosingDay[]> {
    const { zone, locale } = await this.scheduling.school();
    const today = localDate(this.clock.now(), zone);
    const holidays = holidaysOf(year ?? Number(today.slice(0, 4)), locale).filter(({ date }) => date >= today);
    const chosen = await this.closedAmong(holidays.map(({ date }) => date));
    return holidays.map((holiday) => ({ ...holiday, chosen: chosen.has(holiday.date) }));
  }

  private async closedAmong(dates: readonly LocalDate[]): Promise<Set<LocalDate>> {
    if (dates.length === 0) return new Set();
    const days = schoolQuery<Db>(this.em).selectFrom('closing_days').select('date');
    return new Set((await days.where('date', 'in', [...dates]).execute()).map(({ date }) => date));
  }
}

const customaryNames: Record<CustomaryHoliday, Texts> = {
  labour_day: { da: '1. maj', en: 'Labour Day' },
  constitution_day: { da: 'Grundlovsdag', en: 'Constitution Day' },
  christmas_eve: { da: 'Juleaftensdag', en: 'Christmas Eve' },
  new_years_eve: { da: 'Nytårsaftensdag', en: 'New Year’s Eve' },
};

function holidaysOf(year: number, locale: Locale): { date: LocalDate; name: string }[] {
  const customary = customaryHolidays.map((holiday) => ({
    date: customaryHolidayIn(year, holiday),
    name: customaryNames[holiday],
  }));
  return [...publicHolidays(year), ...customary]
    .map(({ date, name }) => ({ date, name: name[locale] }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
