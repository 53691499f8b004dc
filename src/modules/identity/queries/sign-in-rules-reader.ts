import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../platform/database/query.js';
import type { SecondFactorDemand } from '../domain/sign-in-rules.js';
import type { IdentityTables } from '../identity.tables.js';

export interface SignInRulesView {
  readonly secondFactorFor: SecondFactorDemand;
}

/** How the current school wants its people to sign in. */
@Injectable()
export class SignInRulesReader {
  constructor(private readonly em: EntityManager) {}

  async read(): Promise<SignInRulesView> {
    const rules = schoolQuery<IdentityTables>(this.em).selectFrom('sign_in_rules');
    const row = await rules.select('second_factor_for as secondFactorFor').executeTakeFirst();
    return row ?? { secondFactorFor: 'nobody' };
  }
}
