import type { EntityManager } from '@mikro-orm/mysql';
import { sql, type RawBuilder } from 'kysely';
import { bin, bins, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { assertTransaction, isDuplicateKey } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import {
  bySlot,
  masksOf,
  sameSlot,
  slotsClaimed,
  staysOf,
  type ClaimedSlot,
  type ResourceClaim,
  type ResourceMask,
  type Stay,
} from './claimed-slots.js';
import { ClaimsChanged, SlotBusy } from './calendar-errors.js';
import { SLOTS_PER_DAY, slotsTouched } from './slots.js';
import type { ClaimSchema, ResourceDaySchema, WhereaboutsSchema } from './schema.js';

export interface ClaimRequest {
  readonly resources: readonly ResourceClaim[];
  /** The booking, or whatever else takes the time; its row may not be there yet. */
  readonly claimedBy: Id;
}

type CalendarTables = Tables<typeof ClaimSchema | typeof ResourceDaySchema | typeof WhereaboutsSchema>;

const PURGE_PORTION = 1_000;

/**
 * Who is taken when, and where: the only code that writes claims, the busy masks read from them, and whereabouts. The claims' primary key refuses
 * what is taken, so callers read what they like beforehand, call this as the first locking statement of their transaction,
 * and let SlotBusy roll it back.
 */
export class Calendar {
  constructor(readonly em: EntityManager) {}

  /** @throws SlotBusy when any quarter hour of any resource is taken; the transaction must then be rolled back */
  async claim({ resources, claimedBy }: ClaimRequest): Promise<void> {
    assertTransaction('Calendar.claim()');
    const slots = slotsClaimed(resources);
    await this.insert(slots, claimedBy);
    await this.markBusy(slots);
    await this.note(staysOf(resources), claimedBy);
  }

  /** Frees everything claimed by the booking. @throws ClaimsChanged when somebody else moves or releases it right now */
  async release(claimedBy: Id): Promise<void> {
    assertTransaction('Calendar.release()');
    const held = await this.heldBy(claimedBy);
    await this.remove(held, claimedBy);
    await this.markFree(held);
    await this.forgetStays(claimedBy);
  }

  /**
   * Exchanges what the booking has claimed for the new resources and times; what is in both stays untouched.
   * @throws SlotBusy as claim() does
   * @throws ClaimsChanged as release() does
   */
  async move({ resources, claimedBy }: ClaimRequest): Promise<void> {
    assertTransaction('Calendar.move()');
    const wanted = slotsClaimed(resources);
    const held = await this.heldBy(claimedBy);
    const freed = held.filter((slot) => !wanted.some((other) => sameSlot(slot, other)));
    const added = wanted.filter((slot) => !held.some((other) => sameSlot(slot, other)));
    await this.remove(freed, claimedBy);
    await this.insert(added, claimedBy);
    await this.markFree(freed);
    await this.markBusy(added);
    await this.forgetStays(claimedBy);
    await this.note(staysOf(resources), claimedBy);
  }

  /** Those of the resources that somebody else has claimed in their range: the reason for a SlotBusy, read outside its transaction. */
  async busyAmong({ resources, claimedBy }: ClaimRequest): Promise<number[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select('resource_id')
      .distinct()
      .where('claimed_by', '!=', bin(claimedBy))
      .where((eb) =>
        eb.or(
          resources.map(({ resourceId, range, place = 0 }) => {
            const { first, end } = slotsTouched(range);
            const here = [eb('resource_id', '=', resourceId), eb('place', '=', place)];
            return eb.and([...here, eb('slot', '>=', first), eb('slot', '<', end)]);
          }),
        ),
      )
      .execute();
    return rows.map((row) => row.resource_id);
  }

  /** What the booking has claimed, in the order of the key. */
  async heldBy(claimedBy: Id): Promise<ClaimedSlot[]> {
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['resource_id', 'slot', 'place'])
      .where('claimed_by', '=', bin(claimedBy))
      .execute();
    return rows.map((row) => ({ resourceId: row.resource_id, slot: row.slot, place: row.place })).sort(bySlot);
  }

  /** What all of these bookings have claimed. */
  async heldByAll(claimedBy: readonly Id[]): Promise<Map<Id, ClaimedSlot[]>> {
    if (claimedBy.length === 0) return new Map();
    const rows = await globalQuery<CalendarTables>(this.em)
      .selectFrom('claims')
      .select(['resource_id as resourceId', 'slot', 'place', 'claimed_by as id'])
      .where('claimed_by', 'in', bins(claimedBy))
      .execute();
    return Map.groupBy(rows, ({ id }): Id => id);
  }

  /** Forgets what was before that UTC day, resource by resource along the key, a portion at a time. */
  async purgeBefore(day: number): Promise<void> {
    const db = globalQuery<CalendarTables>(this.em);
    const resources = await db.selectFrom('resource_days').select('resource_id').distinct().execute();
    for (const { resource_id } of resources) {
      const old = db
        .deleteFrom('claims')
        .where('resource_id', '=', resource_id)
        .where('slot', '<', day * SLOTS_PER_DAY);
      while ((await old.limit(PURGE_PORTION).executeTakeFirstOrThrow()).numDeletedRows === BigInt(PURGE_PORTION));
      const stays = db.deleteFrom('whereabouts').where('resource_id', '=', resource_id);
      await stays.where('first_slot', '<', day * SLOTS_PER_DAY).execute();
      await db.deleteFrom('resource_days').where('resource_id', '=', resource_id).where('day', '<', day).execute();
    }
  }

  private async insert(slots: readonly ClaimedSlot[], claimedBy: Id): Promise<void> {
    if (slots.length === 0) return;
    const owner = { school_id: bin(currentSchool()), claimed_by: bin(claimedBy) };
    const rows = slots.map(({ resourceId, slot, place }) => ({ resource_id: resourceId, slot, place, ...owner }));
    try {
      await globalQuery<CalendarTables>(this.em).insertInto('claims').values(rows).execute();
    } catch (error) {
      throw isDuplicateKey(error) ? new SlotBusy(error) : error;
    }
  }

  private async remove(slots: readonly ClaimedSlot[], claimedBy: Id): Promise<void> {
    if (slots.length === 0) return;
    const keys = slots.map(({ resourceId, slot, place }) => sql`(${resourceId}, ${slot}, ${place})`);
    const result = await sql`
      DELETE FROM claims WHERE (resource_id, slot, place) IN (${sql.join(keys)}) AND claimed_by = ${bin(claimedBy)}
    `.execute(globalQuery(this.em));
    if (Number(result.numAffectedRows) !== slots.length) throw new ClaimsChanged();
  }

  private async markBusy(slots: readonly ClaimedSlot[]): Promise<void> {
    if (slots.length === 0) return;
    // VALUES() is the one spelling that both servers understand.
    await sql`
      INSERT INTO resource_days (resource_id, day, place, lo, hi) VALUES ${sql.join(masksOf(slots).map(maskRow))}
      ON DUPLICATE KEY UPDATE lo = lo | VALUES(lo), hi = hi | VALUES(hi)
    `.execute(globalQuery(this.em));
  }

  /** The rows are there, claim() has made them: so this too is one statement, locking in the order of the key. */
  private async markFree(slots: readonly ClaimedSlot[]): Promise<void> {
    if (slots.length === 0) return;
    await sql`
      INSERT INTO resource_days (resource_id, day, place, lo, hi) VALUES ${sql.join(masksOf(slots).map(maskRow))}
      ON DUPLICATE KEY UPDATE lo = lo & ~VALUES(lo), hi = hi & ~VALUES(hi)
    `.execute(globalQuery(this.em));
  }

  /** Claims come first, so whoever is somewhere else then has been refused already. */
  private async note(stays: readonly Stay[], claimedBy: Id): Promise<void> {
    if (stays.length === 0) return;
    const owner = { school_id: bin(currentSchool()), claimed_by: bin(claimedBy) };
    const rows = stays.map(({ resourceId, locationId, first, end }) => ({
      resource_id: resourceId,
      first_slot: first,
      end_slot: end,
      location_id: bin(locationId),
      ...owner,
    }));
    await globalQuery<CalendarTables>(this.em).insertInto('whereabouts').values(rows).execute();
  }

  private async forgetStays(claimedBy: Id): Promise<void> {
    await globalQuery<CalendarTables>(this.em)
      .deleteFrom('whereabouts')
      .where('claimed_by', '=', bin(claimedBy))
      .execute();
  }
}

function maskRow({ resourceId, day, place, lo, hi }: ResourceMask): RawBuilder<unknown> {
  return sql`(${resourceId}, ${day}, ${place}, ${lo}, ${hi})`;
}
