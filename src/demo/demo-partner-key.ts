import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { type PartnerKeySchema, RotatePartnerKey } from '../modules/identity/index.js';
import { globalQuery, type Tables } from '../platform/database/query.js';

export const demoKeyName = 'Demo';

/** A secret for the demo's key of findkoreskole.dk; the one before works for another day. Null when there is no such key. */
export async function demoPartnerKey(app: INestApplicationContext): Promise<string | null> {
  const key = await globalQuery<Tables<typeof PartnerKeySchema>>(app.get(EntityManager))
    .selectFrom('partner_keys')
    .select('id')
    .where('name', '=', demoKeyName)
    .where('revoked_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (!key) return null;
  return (await app.get(RotatePartnerKey, { strict: false }).execute(key.id, 24)).secret;
}
