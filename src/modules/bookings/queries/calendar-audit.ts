import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { DecoratedMethods } from '../../../platform/discovery/decorated-methods.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { Verifies } from '../../../platform/verification/verifies.js';
import type { ClaimHolder, HeldTime, HeldTimes } from '../domain/calendar/claim-holder.js';
import { holdsClaimsMetadataKey } from '../ports/holds-claims.js';
import { keptFrom } from '../domain/calendar/retention.js';
import { staysOf, type Stay } from '../domain/calendar/claimed-slots.js';
import { SLOTS_PER_DAY, slotsTouched } from '../domain/calendar/slots.js';
import type { CalendarTables } from './tables.js';

const MOST_FINDINGS = 1_000;

/** Proves that whatever takes time has exactly its claims, no claim stands without a holder, and the busy masks are those of the claims. */
@Injectable()
export class CalendarAudit {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly methods: DecoratedMethods,
  ) {}

  /** Of the current school, as far back as claims are kept. Reads in portions and locks nothing. */
  @Verifies('bookings: claims and busy masks')
  async verify(): Promise<string[]> {
    const day = keptFrom(this.clock.now());
    const findings: string[] = [];
    for (const { options, call } of this.holders()) {
      for await (const portion of call(new Date(day * 86_400_000))) {
        findings.push(...(await this.withoutTheirClaims(options, portion)));
        findings.push(...(await this.elsewhere(options, portion)));
        if (findings.length >= MOST_FINDINGS) break;
      }
    }
    return [
      ...findings,
      ...(await this.claimsWithoutHolder(day)),
      ...(await this.staysWithoutClaims()),
      ...(await this.differingMasks(day)),
    ];
  }

  private holders() {
    return this.methods.find<ClaimHolder, (from: Date) => HeldTimes>(holdsClaimsMetadataKey);
  }

  private async withoutTheirClaims({ what }: ClaimHolder, portion: readonly HeldTime[]): Promise<string[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['claimed_by as id', 'resource_id as resourceId', 'place'])
      .select(({ fn }) => [fn.min('slot').as('first'), fn.max('slot').as('last'), fn.countAll<number>().as('count')])
      .where(
        'claimed_by',
        'in',
        portion.map(({ id }) => bin(id)),
      )
      .groupBy(['claimed_by', 'resource_id', 'place'])
      .execute();
    const claims = Map.groupBy(rows, ({ id }) => id as Id);
    return portion
      .filter((held) => expectedClaims(held) !== foundClaims(claims.get(held.id) ?? []))
      .map(({ id }) => `${what} ${id} has not exactly the claims of its time`);
  }

  /** Whoever should be somewhere else than the diary says. */
  private async elsewhere({ what }: ClaimHolder, portion: readonly HeldTime[]): Promise<string[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('whereabouts')
      .select(['claimed_by as id', 'resource_id as resourceId', 'location_id as locationId'])
      .select(['first_slot as first', 'end_slot as end'])
      .where(
        'claimed_by',
        'in',
        portion.map(({ id }) => bin(id)),
      )
      .execute();
    const stays = Map.groupBy(rows, ({ id }) => id as Id);
    return portion
      .filter(({ id, claims }) => textOf(staysOf(claims)) !== textOf(stays.get(id) ?? []))
      .map(({ id }) => `${what} ${id} is not where its claims are`);
  }

  private async staysWithoutClaims(): Promise<string[]> {
    const { rows } = await sql<{ id: Id }>`
      SELECT DISTINCT whereabouts.claimed_by AS id
      FROM school_resources JOIN whereabouts ON whereabouts.resource_id = school_resources.resource_id
        LEFT JOIN claims ON claims.resource_id = whereabouts.resource_id AND claims.slot = whereabouts.first_slot
          AND claims.claimed_by = whereabouts.claimed_by
      WHERE school_resources.school_id = ${bin(currentSchool())} AND whereabouts.school_id = school_resources.school_id
        AND claims.slot IS NULL
      LIMIT ${sql.lit(MOST_FINDINGS)}`.execute(globalQuery(this.em));
    return rows.map(({ id }) => `${id} is somewhere without having claimed time`);
  }

  private async claimsWithoutHolder(day: number): Promise<string[]> {
    const held = this.holders().map(
      ({ options: { table, occupying } }) =>
        sql`NOT EXISTS (SELECT 1 FROM ${sql.table(table)} AS held WHERE held.id = claims.claimed_by AND held.state IN (${sql.join([...occupying])}))`,
    );
    const { rows } = await sql<{ id: Id }>`
      SELECT DISTINCT claims.claimed_by AS id
      FROM school_resources JOIN claims ON claims.resource_id = school_resources.resource_id AND claims.slot >= ${day * SLOTS_PER_DAY}
      WHERE school_resources.school_id = ${bin(currentSchool())} AND claims.school_id = school_resources.school_id
        AND ${sql.join(held, sql` AND `)}
      LIMIT ${sql.lit(MOST_FINDINGS)}`.execute(globalQuery(this.em));
    return rows.map(({ id }) => `claims of ${id} belong to nothing that takes time`);
  }

  /** The masks rebuilt from the claims by the database, beside those that are kept: of the school's resources, whoever claimed them. */
  private async differingMasks(day: number): Promise<string[]> {
    const { rows } = await sql<{ resourceId: number; day: number }>`
      WITH ours AS (SELECT resource_id FROM school_resources WHERE school_id = ${bin(currentSchool())}),
      kept AS (SELECT resource_days.* FROM ours JOIN resource_days USING (resource_id) WHERE day >= ${day}),
      rebuilt AS (
        SELECT resource_id, place, slot DIV 96 AS day,
          BIT_OR(IF(slot MOD 96 < 48, 1 << (slot MOD 48), 0)) AS lo,
          BIT_OR(IF(slot MOD 96 < 48, 0, 1 << (slot MOD 48))) AS hi
        FROM ours JOIN claims USING (resource_id) WHERE slot >= ${day * SLOTS_PER_DAY} GROUP BY resource_id, place, slot DIV 96)
      SELECT kept.resource_id AS resourceId, kept.day AS day
        FROM kept LEFT JOIN rebuilt ON rebuilt.resource_id = kept.resource_id AND rebuilt.day = kept.day AND rebuilt.place = kept.place
        WHERE kept.lo <> COALESCE(rebuilt.lo, 0) OR kept.hi <> COALESCE(rebuilt.hi, 0)
      UNION ALL
      SELECT rebuilt.resource_id, rebuilt.day
        FROM rebuilt LEFT JOIN kept ON kept.resource_id = rebuilt.resource_id AND kept.day = rebuilt.day AND kept.place = rebuilt.place
        WHERE kept.day IS NULL
      LIMIT ${sql.lit(MOST_FINDINGS)}`.execute(globalQuery(this.em));
    return rows.map((row) => `the busy mask of resource ${row.resourceId} on day ${row.day} is not that of its claims`);
  }
}

interface FoundClaims {
  readonly resourceId: number;
  readonly place: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

function textOf(stays: readonly Stay[]): string {
  return stays
    .map(({ resourceId, locationId, first, end }) => `${resourceId}@${locationId}:${first}-${end}`)
    .sort()
    .join(' ');
}

/** The claims that something should have, as one comparable text. */
function expectedClaims({ claims }: HeldTime): string {
  const spans = claims.map(({ resourceId, range, place = 0 }) => ({ resourceId, place, ...slotsTouched(range) }));
  return spans
    .map(({ resourceId, place, first, end }) => `${resourceId}.${place}:${first}-${end}`)
    .sort()
    .join(' ');
}

/** Those that it has. A count that is not the distance from first to last betrays a hole, and matches nothing. */
function foundClaims(claims: readonly FoundClaims[]): string {
  return claims
    .map(
      ({ resourceId, place, first, last, count }) =>
        `${resourceId}.${place}:${first}-${last - first + 1 === count ? last + 1 : '?'}`,
    )
    .sort()
    .join(' ');
}
