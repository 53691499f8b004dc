import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { inPages } from '../../../../platform/database/in-pages.js';
import { bin, globalQuery } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, eachInItsSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { addDays, localDate, type LocalDate } from '../../../../platform/values/zone.js';
import type { InstalmentTables } from '../instalments.tables.js';
import { ChargeInstalment } from '../use-cases/charge-instalment.js';
import { IssueInstalment } from '../use-cases/issue-instalment.js';

const atOnce = 500;

interface Due {
  readonly id: Id;
  readonly schoolId: Id;
  readonly on: LocalDate;
}

/** Once a day issues the invoices of instalments, and has those paid that a saved card pays. */
@Injectable()
export class MindInstalments {
  private readonly logger = new Logger(MindInstalments.name);

  constructor(
    private readonly em: EntityManager,
    private readonly issueInstalment: IssueInstalment,
    private readonly chargeInstalment: ChargeInstalment,
  ) {}

  @Schedule('finance.issue-instalments', { daily: '07:10' })
  issue(now: Date): Promise<void> {
    return this.each('issue_on', now, (id) => this.issueInstalment.execute(id));
  }

  @Schedule('finance.charge-instalments', { daily: '10:10' })
  charge(now: Date): Promise<void> {
    return this.each('next_charge_on', now, (id) => this.chargeInstalment.execute(id));
  }

  /** One that fails keeps no others from their turn, and has its own again the next day. */
  private async each(when: 'issue_on' | 'next_charge_on', now: Date, mind: (id: Id) => Promise<void>): Promise<void> {
    // Where it is tomorrow already, too; each looks at its own school's day.
    const until = addDays(localDate(now, 'UTC'), 1);
    for await (const due of inPages(atOnce, (last?: Due) => this.due(when, until, last)))
      await eachInItsSchool(
        due,
        ({ id }) => mind(id),
        (err, { id }) => this.logger.error({ err, id }, 'an instalment could not be issued or charged'),
      );
  }

  private due(when: 'issue_on' | 'next_charge_on', until: LocalDate, after: Due | undefined): Promise<Due[]> {
    return acrossSchools('instalments whose day has come', () =>
      globalQuery<InstalmentTables>(this.em)
        .selectFrom('instalments')
        .select(['id', 'school_id as schoolId'])
        .select((row) => row.ref(when).$castTo<LocalDate>().as('on'))
        .where(when, '<=', until)
        .$if(after !== undefined, (rows) =>
          rows.where((is) =>
            is.or([
              is.eb(when, '>', after!.on),
              is.and([is.eb(when, '=', after!.on), is.eb('id', '>', bin(after!.id))]),
            ]),
          ),
        )
        .orderBy(when)
        .orderBy('id')
        .limit(atOnce)
        .execute(),
    );
  }
}
