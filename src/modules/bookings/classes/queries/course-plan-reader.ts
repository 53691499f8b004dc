import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byText, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { CoursePlanDetails } from '../domain/course-plan-rules.js';
import { CoursePlanNotFound } from '../domain/course-problems.js';
import type { ClassTables } from './tables.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

export interface CoursePlanView extends Omit<CoursePlanDetails, 'price'> {
  readonly id: Id;
  readonly price: Money;
  readonly active: boolean;
}

export const coursePlanList = new List({ sorts: { name: byText('name') }, defaultSort: 'name' });

export interface CoursePlansAsked extends Asked<typeof coursePlanList> {
  readonly includeInactive?: boolean;
}

@Injectable()
export class CoursePlanReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's plans, without those that are no longer used unless asked for. */
  async list(asked: CoursePlansAsked): Promise<Page<CoursePlanView>> {
    const plans = asked.includeInactive ? this.plans : this.plans.where('active', '=', true);
    return mapPage(await coursePlanList.page(plans, asked), viewOf);
  }

  /** @throws CoursePlanNotFound */
  async get(id: Id): Promise<CoursePlanView> {
    const row = await this.plans.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new CoursePlanNotFound();
    return viewOf(row);
  }

  private get plans() {
    return plansIn(this.em);
  }
}

function plansIn(em: EntityManager) {
  return schoolQuery<ClassTables>(em)
    .selectFrom('course_plans')
    .select(['id', 'name', 'licence_class', 'sessions', 'weekly', 'capacity'])
    .select(['price_minor', 'currency', 'vat_rate_bp', 'active']);
}

type Row = Awaited<ReturnType<ReturnType<typeof plansIn>['execute']>>[number];

function viewOf(row: Row): CoursePlanView {
  return {
    id: row.id,
    name: row.name,
    licenceClass: row.licence_class,
    sessions: storedJson<CoursePlanView['sessions']>(row.sessions).map(({ topic, minutes, dayOffset, time }) => ({
      topic,
      minutes,
      dayOffset: dayOffset ?? null,
      time: time ?? null,
    })),
    weekly: storedJson<CoursePlanView['weekly']>(row.weekly),
    capacity: row.capacity,
    price: Money.of(row.price_minor, row.currency),
    vatRateBp: row.vat_rate_bp,
    active: row.active,
  };
}
