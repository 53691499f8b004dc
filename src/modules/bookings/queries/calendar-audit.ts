import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { Verifies } from '../../../platform/verification/verifies.js';
import { occupyingStates } from '../domain/booking-state.js';
import { keptFrom } from '../domain/calendar/retention.js';
import { SLOTS_PER_DAY, slotsTouched } from '../domain/calendar/slots.js';
import { bookingsWithParties } from './bookings-with-parties.js';
import type { CalendarTables } from './tables.js';

const PORTION = 500;
const MOST_FINDINGS = 1_000;

/** Proves that each booking has exactly its claims, no claim stands without a booking, and the busy masks are those of the claims. */
@Injectable()
export class CalendarAudit {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Of the current school, as far back as claims are kept. Reads in portions and locks nothing. */
  @Verifies('bookings: claims and busy masks')
  async verify(): Promise<string[]> {
    const day = keptFrom(this.clock.now());
    const findings: string[] = [];
    for await (const portion of this.portions(new Date(day * 86_400_000))) {
      findings.push(...(await this.withoutTheirClaims(portion)));
      if (findings.length >= MOST_FINDINGS) break;
    }
    return [...findings, ...(await this.claimsWithoutBooking(day)), ...(await this.differingMasks(day))];
  }

  private async *portions(from: Date): AsyncGenerator<AuditedBooking[]> {
    let last: AuditedBooking | undefined;
    do {
      const portion = await this.portion(last?.startsAt ?? from, last?.id);
      if (portion.length > 0) yield portion;
      last = portion.length === PORTION ? portion.at(-1) : undefined;
    } while (last);
  }

  private portion(startsAt: Date, after: Id | undefined): Promise<AuditedBooking[]> {
    return bookingsWithParties(this.em)
      .select(['bookings.id', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
      .select(['students.resource_id as student', 'teachers.resource_id as teacher', 'vehicles.resource_id as vehicle'])
      .where('bookings.state', 'in', occupyingStates)
      .where('bookings.starts_at', '>=', startsAt)
      .$if(after !== undefined, (query) =>
        query.where((eb) => eb.or([eb('bookings.starts_at', '>', startsAt), eb('bookings.id', '>', bin(after!))])),
      )
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .limit(PORTION)
      .execute();
  }

  private async withoutTheirClaims(portion: readonly AuditedBooking[]): Promise<string[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['claimed_by as id', 'resource_id as resourceId'])
      .select(({ fn }) => [fn.min('slot').as('first'), fn.max('slot').as('last'), fn.countAll<number>().as('count')])
      .where(
        'claimed_by',
        'in',
        portion.map(({ id }) => bin(id)),
      )
      .groupBy(['claimed_by', 'resource_id'])
      .execute();
    const claims = Map.groupBy(rows, ({ id }) => id as Id);
    return portion
      .filter((booking) => expectedClaims(booking) !== foundClaims(claims.get(booking.id) ?? []))
      .map(({ id }) => `booking ${id} has not exactly the claims of its time`);
  }

  private async claimsWithoutBooking(day: number): Promise<string[]> {
    const { rows } = await sql<{ id: Id }>`
      SELECT DISTINCT claims.claimed_by AS id
      FROM school_resources JOIN claims ON claims.resource_id = school_resources.resource_id AND claims.slot >= ${day * SLOTS_PER_DAY}
        LEFT JOIN bookings ON bookings.id = claims.claimed_by AND bookings.state IN (${sql.join([...occupyingStates])})
      WHERE school_resources.school_id = ${bin(currentSchool())} AND claims.school_id = school_resources.school_id AND bookings.id IS NULL
      LIMIT ${sql.lit(MOST_FINDINGS)}`.execute(globalQuery(this.em));
    return rows.map(({ id }) => `claims of ${id} belong to no booking that takes time`);
  }

  /** The masks rebuilt from the claims by the database, beside those that are kept: of the school's resources, whoever claimed them. */
  private async differingMasks(day: number): Promise<string[]> {
    const { rows } = await sql<{ resourceId: number; day: number }>`
      WITH ours AS (SELECT resource_id FROM school_resources WHERE school_id = ${bin(currentSchool())}),
      kept AS (SELECT resource_days.* FROM ours JOIN resource_days USING (resource_id) WHERE day >= ${day}),
      rebuilt AS (
        SELECT resource_id, slot DIV 96 AS day,
          BIT_OR(IF(slot MOD 96 < 48, 1 << (slot MOD 48), 0)) AS lo,
          BIT_OR(IF(slot MOD 96 < 48, 0, 1 << (slot MOD 48))) AS hi
        FROM ours JOIN claims USING (resource_id) WHERE slot >= ${day * SLOTS_PER_DAY} GROUP BY resource_id, slot DIV 96)
      SELECT kept.resource_id AS resourceId, kept.day AS day
        FROM kept LEFT JOIN rebuilt ON rebuilt.resource_id = kept.resource_id AND rebuilt.day = kept.day
        WHERE kept.lo <> COALESCE(rebuilt.lo, 0) OR kept.hi <> COALESCE(rebuilt.hi, 0)
      UNION ALL
      SELECT rebuilt.resource_id, rebuilt.day
        FROM rebuilt LEFT JOIN kept ON kept.resource_id = rebuilt.resource_id AND kept.day = rebuilt.day
        WHERE kept.day IS NULL
      LIMIT ${sql.lit(MOST_FINDINGS)}`.execute(globalQuery(this.em));
    return rows.map((row) => `the busy mask of resource ${row.resourceId} on day ${row.day} is not that of its claims`);
  }
}

interface AuditedBooking {
  readonly id: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly student: number;
  readonly teacher: number;
  readonly vehicle: number | null;
}

/** The claims that a booking should have, as one comparable text. */
function expectedClaims({
  startsAt,
  endsAt,
  setupMinutes,
  bufferMinutes,
  student,
  teacher,
  vehicle,
}: AuditedBooking): string {
  const lesson = new TimeRange(startsAt, endsAt);
  const block = slotsTouched(lesson.widened(setupMinutes, bufferMinutes));
  const { first, end } = slotsTouched(lesson);
  const claims = [`${student}:${first}-${end}`, `${teacher}:${block.first}-${block.end}`];
  return [...claims, ...(vehicle === null ? [] : [`${vehicle}:${block.first}-${block.end}`])].sort().join(' ');
}

/** Those that it has. A count that is not the distance from first to last betrays a hole, and matches nothing. */
function foundClaims(claims: readonly { resourceId: number; first: number; last: number; count: number }[]): string {
  return claims
    .map(
      ({ resourceId, first, last, count }) => `${resourceId}:${first}-${last - first + 1 === count ? last + 1 : '?'}`,
    )
    .sort()
    .join(' ');
}
