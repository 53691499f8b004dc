import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

export const secondFactorStates = ['none', 'offered', 'enabled'] as const;

export interface SecondFactorView {
  readonly state: (typeof secondFactorStates)[number];
  readonly enabledAt: Date | null;
  readonly recoveryCodesLeft: number;
}

/** How far somebody is with his second factor. */
@Injectable()
export class SecondFactorReader {
  constructor(private readonly em: EntityManager) {}

  async of(userId: Id): Promise<SecondFactorView> {
    const db = globalQuery<IdentityTables>(this.em);
    const factor = await db
      .selectFrom('second_factors')
      .select('confirmed_at as enabledAt')
      .where('user_id', '=', bin(userId))
      .executeTakeFirst();
    const { left } = await db
      .selectFrom('recovery_codes')
      .select(({ fn }) => fn.countAll<number>().as('left'))
      .where('user_id', '=', bin(userId))
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    const state = !factor ? 'none' : factor.enabledAt === null ? 'offered' : 'enabled';
    return { state, enabledAt: factor?.enabledAt ?? null, recoveryCodesLeft: left };
  }
}
