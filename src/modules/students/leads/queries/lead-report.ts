import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { firstIdAt } from '../../../../platform/values/id.js';
import { addDays, atLocal, type LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import type { LeadSchema, LeadSource } from '../domain/lead.js';

export interface SourceConversion {
  readonly source: LeadSource;
  readonly received: number;
  /** Still open. */
  readonly waiting: number;
  readonly contacted: number;
  readonly converted: number;
  readonly rejected: number;
  /** Nobody touched them in time. */
  readonly escalated: number;
  /** Converted of those received, in hundredths of a percent. */
  readonly conversionBp: number;
}

/** What became of what came in, by where it came from. */
@Injectable()
export class LeadReport {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
  ) {}

  /** Of what was received on these days, both included, in the school's zone; the greatest source first. */
  async bySource(from: LocalDate, until: LocalDate): Promise<SourceConversion[]> {
    const { zone } = await this.scheduling.school();
    const rows = await schoolQuery<Tables<typeof LeadSchema>>(this.em)
      .selectFrom('leads')
      .select(({ fn }) => ['source', 'state', fn.countAll().as('number'), fn.count('escalated_at').as('escalated')])
      .where('id', '>=', bin(firstIdAt(atLocal(from, '00:00', zone))))
      .where('id', '<', bin(firstIdAt(atLocal(addDays(until, 1), '00:00', zone))))
      .groupBy(['source', 'state'])
      .execute();
    return [...Map.groupBy(rows, ({ source }) => source)]
      .map(([source, its]) => conversion(source, its))
      .toSorted((one, other) => other.received - one.received || (one.source < other.source ? -1 : 1));
  }
}

interface Counted {
  readonly state: string;
  readonly number: string | number | bigint;
  readonly escalated: string | number | bigint;
}

function conversion(source: LeadSource, rows: readonly Counted[]): SourceConversion {
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.number ?? 0);
  const received = rows.reduce((sum, { number }) => sum + Number(number), 0);
  const [waiting, contacted, converted, rejected] = [of('new'), of('contacted'), of('converted'), of('rejected')];
  const escalated = rows.reduce((sum, row) => sum + Number(row.escalated), 0);
  const conversionBp = Math.round((converted * 10_000) / received);
  return { source, received, waiting, contacted, converted, rejected, escalated, conversionBp };
}
