import type { EntityManager } from '@mikro-orm/mysql';
import type { SelectQueryBuilder } from 'kysely';
import { globalQuery, schoolQuery } from '../../../platform/database/query.js';
import type { PartnerName } from '../../identity/index.js';
import type { WebhookTables } from '../tables.js';

/** Rows of a partner's endpoints; null: of the current school's. */
export function ownedQuery<Table extends keyof WebhookTables>(
  em: EntityManager,
  table: Table,
  partner: PartnerName | null,
): SelectQueryBuilder<WebhookTables, Table, object> {
  if (partner === null) return schoolQuery<WebhookTables>(em).selectFrom(table);
  const rows = globalQuery<WebhookTables>(em).selectFrom(table as 'webhook_endpoints');
  const owned: unknown = rows.where(`${table as 'webhook_endpoints'}.partner`, '=', partner);
  return owned as SelectQueryBuilder<WebhookTables, Table, object>;
}
