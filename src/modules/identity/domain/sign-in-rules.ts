import { defineEntity } from '@mikro-orm/core';
import type { Role } from '../../../platform/auth/actor.js';
import { code, id, schoolScoped } from '../../../platform/database/columns.js';

/** Whose roles count with a second factor alone: nobody's, those of owners and office, or the teachers' as well. */
export const secondFactorDemands = ['nobody', 'managers', 'staff'] as const;
export type SecondFactorDemand = (typeof secondFactorDemands)[number];

export const SignInRulesSchema = defineEntity({
  name: 'SignInRules',
  tableName: 'sign_in_rules',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    secondFactorFor: code<SecondFactorDemand>(),
  },
});

const demandedOf: Readonly<Record<SecondFactorDemand, readonly Role[]>> = {
  nobody: [],
  managers: ['owner', 'office'],
  staff: ['owner', 'office', 'teacher'],
};

/** @param demand null: the school has said nothing */
export function needsSecondFactor(role: Role, demand: SecondFactorDemand | null): boolean {
  return demandedOf[demand ?? 'nobody'].includes(role);
}
