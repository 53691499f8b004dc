import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { ApiKeyNotFound } from '../domain/identity-problems.js';
import type { ApiKeyScope } from '../domain/permissions.js';
import type { IdentityTables } from '../identity.tables.js';

export interface ApiKeyView {
  readonly id: Id;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdBy: Id;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** Until then the secret of before works too. */
  readonly previousUntil: Date | null;
}

export const apiKeyList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** The API keys of the current school, never with their secrets. */
@Injectable()
export class ApiKeyReader {
  constructor(private readonly em: EntityManager) {}

  /** Those that no longer work are among them. */
  async list(asked: Asked<typeof apiKeyList>): Promise<Page<ApiKeyView>> {
    return mapPage(await apiKeyList.page(this.keys, asked), view);
  }

  /** @throws ApiKeyNotFound */
  async get(id: Id): Promise<ApiKeyView> {
    const row = await this.keys.where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ApiKeyNotFound();
    return view(row);
  }

  private get keys() {
    return schoolQuery<IdentityTables>(this.em)
      .selectFrom('api_keys')
      .select(['id', 'name', 'prefix', 'scopes', 'created_by as createdBy', 'created_at as createdAt'])
      .select([
        'expires_at as expiresAt',
        'last_used_at as lastUsedAt',
        'revoked_at as revokedAt',
        'previous_until as previousUntil',
      ]);
  }
}

function view<Row extends { readonly scopes: string }>(row: Row) {
  return { ...row, scopes: row.scopes.split(' ') as ApiKeyScope[] };
}
