import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { PartnerKeyNotFound } from '../domain/identity-problems.js';
import type { PartnerName } from '../domain/partner-key.js';
import type { PartnerScope } from '../domain/permissions.js';
import type { IdentityTables } from '../identity.tables.js';

export interface PartnerKeyView {
  readonly id: Id;
  readonly partner: PartnerName;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly PartnerScope[];
  readonly createdBy: Id;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** Until then the secret of before works too. */
  readonly previousUntil: Date | null;
}

export const partnerKeyList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** The keys of the platform's partners, never with their secrets. */
@Injectable()
export class PartnerKeyReader {
  constructor(private readonly em: EntityManager) {}

  /** Those that no longer work are among them. */
  async list(asked: Asked<typeof partnerKeyList>): Promise<Page<PartnerKeyView>> {
    return mapPage(await partnerKeyList.page(this.keys, asked), view);
  }

  /** @throws PartnerKeyNotFound */
  async get(id: Id): Promise<PartnerKeyView> {
    const row = await this.keys.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new PartnerKeyNotFound();
    return view(row);
  }

  private get keys() {
    return globalQuery<IdentityTables>(this.em)
      .selectFrom('partner_keys')
      .select(['id', 'partner', 'name', 'prefix', 'scopes', 'created_by as createdBy', 'created_at as createdAt'])
      .select([
        'expires_at as expiresAt',
        'last_used_at as lastUsedAt',
        'revoked_at as revokedAt',
        'previous_until as previousUntil',
      ]);
  }
}

function view<Row extends { readonly scopes: string }>(row: Row) {
  return { ...row, scopes: row.scopes.split(' ') as PartnerScope[] };
}
