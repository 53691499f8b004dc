import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { acrossSchools } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { occupyingStates } from '../domain/booking-state.js';
import { slotAt, slotsTouched } from '../domain/calendar/slots.js';
import type { CalendarTables, DiaryTables } from './tables.js';

/** One thing that should not be. */
export interface CalendarFinding {
  readonly kind: 'booking_without_its_claims' | 'claims_without_booking' | 'mask_differs_from_claims';
  /** The booking, or the resource and day since the epoch: never a person. */
  readonly what: string;
}

export interface AuditReport {
  readonly bookings: number;
  readonly findings: readonly CalendarFinding[];
}

const PORTION = 500;
const MOST_FINDINGS = 1_000;

/** Proves that each booking has exactly its claims, no claim stands without a booking, and the busy masks are those of the claims. */
@Injectable()
export class CalendarAudit {
  constructor(private readonly em: EntityManager) {}

  /** Looks at what starts at `from` or later, in every school: earlier claims are purged. Reads in portions, locks nothing. */
  async verify(from: Date): Promise<AuditReport> {
    return acrossSchools('claims and bookings must match in every school', async () => {
      const findings: CalendarFinding[] = [];
      let bookings = 0;
      for await (const portion of this.portions(from)) {
        bookings += portion.length;
        findings.push(...(await this.withoutTheirClaims(portion)));
        if (findings.length >= MOST_FINDINGS) break;
      }
      findings.push(...(await this.claimsWithoutBooking(from)), ...(await this.differingMasks(from)));
      return { bookings, findings };
    });
  }

  private async *portions(from: Date): AsyncGenerator<AuditedBooking[]> {
    let last: { startsAt: Date; id: Id } | undefined;
    do {
      const portion = await this.portion(last ?? { startsAt: from });
      if (portion.length > 0) yield portion;
      last = portion.length === PORTION ? portion.at(-1) : undefined;
    } while (last);
  }

  private portion({ startsAt, id }: { startsAt: Date; id?: Id }): Promise<AuditedBooking[]> {
    return globalQuery<DiaryTables>(this.em)
      .selectFrom('bookings')
      .innerJoin('students', (on) => on.onRef('students.school_id', '=', 'bookings.school_id').onRef('students.id', '=', 'bookings.student_id'))
      .innerJoin('teachers', (on) => on.onRef('teachers.school_id', '=', 'bookings.school_id').onRef('teachers.id', '=', 'bookings.teacher_id'))
      .leftJoin('vehicles', (on) => on.onRef('vehicles.school_id', '=', 'bookings.school_id').onRef('vehicles.id', '=', 'bookings.vehicle_id'))
      .select(['bookings.id', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
      .select(['students.resource_id as student', 'teachers.resource_id as teacher', 'vehicles.resource_id as vehicle'])
      .where('bookings.state', 'in', occupyingStates)
      .where('bookings.starts_at', '>=', startsAt)
      .$if(id !== undefined, (query) =>
        query.where((eb) => eb.or([eb('bookings.starts_at', '>', startsAt), eb('bookings.id', '>', bin(id!))])),
      )
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .limit(PORTION)
      .execute();
  }

  private async withoutTheirClaims(portion: readonly AuditedBooking[]): Promise<CalendarFinding[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['claimed_by as id', 'resource_id as resourceId'])
      .select(({ fn }) => [fn.min('slot').as('first'), fn.max('slot').as('last'), fn.countAll<number>().as('count')])
      .where('claimed_by', 'in', portion.map(({ id }) => bin(id)))
      .groupBy(['claimed_by', 'resource_id'])
      .execute();
    const claims = Map.groupBy(rows, ({ id }) => id as Id);
    return portion
      .filter((booking) => expected(booking) !== found(claims.get(booking.id) ?? []))
      .map(({ id }) => ({ kind: 'booking_without_its_claims', what: id }));
  }

  private async claimsWithoutBooking(from: Date): Promise<CalendarFinding[]> {
    const rows = await globalQuery<CalendarTables & DiaryTables>(this.em)
      .selectFrom('claims')
      .leftJoin('bookings', (on) => on.onRef('bookings.id', '=', 'claims.claimed_by').on('bookings.state', 'in', occupyingStates))
      .select('claims.claimed_by as id')
      .distinct()
      .where('bookings.id', 'is', null)
      .where('claims.slot', '>=', slotAt(from))
      .limit(MOST_FINDINGS)
      .execute();
    return rows.map(({ id }) => ({ kind: 'claims_without_booking', what: id }));
  }

  /** The masks rebuilt from the claims by the database, beside those that are kept. */
  private async differingMasks(from: Date): Promise<CalendarFinding[]> {
    const day = Math.ceil(from.getTime() / 86_400_000);
    const rebuilt = sql`
      SELECT resource_id, slot DIV 96 AS day,
        BIT_OR(IF(slot MOD 96 < 48, 1 << (slot MOD 48), 0)) AS lo,
        BIT_OR(IF(slot MOD 96 < 48, 0, 1 << (slot MOD 48))) AS hi
      FROM claims WHERE slot >= ${day * 96} GROUP BY resource_id, slot DIV 96`;
    const { rows } = await sql<{ resourceId: number; day: number }>`
      SELECT kept.resource_id AS resourceId, kept.day FROM resource_days kept
        LEFT JOIN (${rebuilt}) rebuilt ON rebuilt.resource_id = kept.resource_id AND rebuilt.day = kept.day
        WHERE kept.day >= ${day} AND (kept.lo <> COALESCE(rebuilt.lo, 0) OR kept.hi <> COALESCE(rebuilt.hi, 0))
      UNION ALL
      SELECT rebuilt.resource_id, rebuilt.day FROM (${rebuilt}) rebuilt
        LEFT JOIN resource_days kept ON kept.resource_id = rebuilt.resource_id AND kept.day = rebuilt.day
        WHERE kept.day IS NULL
      LIMIT ${MOST_FINDINGS}`.execute(globalQuery(this.em));
    return rows.map((row) => ({ kind: 'mask_differs_from_claims', what: `resource ${row.resourceId}, day ${row.day}` }));
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
function expected({ startsAt, endsAt, setupMinutes, bufferMinutes, student, teacher, vehicle }: AuditedBooking): string {
  const lesson = new TimeRange(startsAt, endsAt);
  const block = slotsTouched(lesson.widened(setupMinutes, bufferMinutes));
  const { first, end } = slotsTouched(lesson);
  const claims = [`${student}:${first}-${end}`, `${teacher}:${block.first}-${block.end}`];
  return [...claims, ...(vehicle === null ? [] : [`${vehicle}:${block.first}-${block.end}`])].sort().join(' ');
}

/** Those that it has. A count that is not the distance from first to last betrays a hole, and matches nothing. */
function found(claims: readonly { resourceId: number; first: number; last: number; count: number }[]): string {
  return claims
    .map(({ resourceId, first, last, count }) => `${resourceId}:${first}-${last - first + 1 === count ? last + 1 : '?'}`)
    .sort()
    .join(' ');
}
