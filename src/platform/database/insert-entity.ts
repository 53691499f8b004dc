import type { EntityManager } from '@mikro-orm/mysql';
import { currentSchool } from '../tenancy/tenancy.js';
import type { Id } from '../values/id.js';
import { assertTransaction } from './transaction.js';

/**
 * Writes a new entity of the current school at once, and knows it from then on. Unlike persist() and flush() it reads nothing back:
 * the entity sets all that it is asked for afterwards, its version too.
 */
export async function insertEntity(em: EntityManager, entity: { readonly schoolId: Id }): Promise<void> {
  assertTransaction('insertEntity()');
  if (entity.schoolId !== currentSchool()) throw new Error('a new row belongs to the current school');
  const row = em.getComparator().prepareEntity(entity);
  const options = { convertCustomTypes: false, ctx: em.getTransactionContext() };
  await em.getDriver().nativeInsert(entity.constructor as never, row, options);
  em.merge(entity);
}
