import type { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/mysql';
import type { Id } from '../../../platform/values/id.js';
import { Charge } from '../domain/charge.js';
import { ChargeInInstalments, ChargeNotFound, ChargeNotOpen } from '../domain/errors.js';

/** The order in which charges stand on invoices. */
export const asTheyCameUp = { occurredAt: 'asc', id: 'asc' } as const;

/**
 * The open charges that somebody names, waiting for no instalment.
 * @throws ChargeNotFound also for another student's | ChargeNotOpen | ChargeInInstalments
 */
export async function namedCharges(
  em: EntityManager,
  studentId: Id,
  ids: readonly Id[],
  lockMode: LockMode.NONE | LockMode.PESSIMISTIC_WRITE,
): Promise<Charge[]> {
  // By id alone: what a lock waited for would be missing where it has left another index meanwhile.
  const found = await em.find(Charge, { id: { $in: [...ids] } }, { lockMode, refresh: true, orderBy: asTheyCameUp });
  const charges = found.filter((charge) => charge.studentId === studentId);
  if (charges.length < new Set(ids).size) throw new ChargeNotFound();
  if (charges.some(({ state }) => state !== 'open')) throw new ChargeNotOpen();
  if (charges.some(({ instalmentId }) => instalmentId)) throw new ChargeInInstalments();
  return charges;
}
