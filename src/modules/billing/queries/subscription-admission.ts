import { Injectable } from '@nestjs/common';
import { Admission, type AskedChange } from '../../../platform/auth/admission.js';
import { noteProblem } from '../../../platform/http/problem-pages/known-problems.js';
import type { Problem } from '../../../platform/http/problem.js';
import { effectOf, type Permission } from '../../identity/index.js';
import { GrowthPaused, SchoolPaused, SubscriptionUnpaid } from '../domain/billing-problems.js';
import { Standings } from './standings.js';

// No operation names them itself, and their pages are wanted before anybody asks for the document.
for (const problem of [new SubscriptionUnpaid(), new GrowthPaused(), new SchoolPaused()]) noteProblem(problem);

/** Holds back what a school that does not pay may go without: first more people, later everything but what harms somebody. */
@Injectable()
export class SubscriptionAdmission extends Admission {
  constructor(private readonly standings: Standings) {
    super();
  }

  async admit({ schoolId, permission, role, method }: AskedChange): Promise<void> {
    const effect = effectOf(permission as Permission);
    // The platform's own people help with whatever is wrong.
    if (effect === 'always' || role === 'platform_admin') return;
    const standing = await this.standings.of(schoolId);
    if (standing === 'read_only')
      throw role === 'student' || role === 'guardian' ? new SchoolPaused() : new SubscriptionUnpaid();
    if (standing === 'restricted' && effect === 'growth' && method === 'POST') throw new GrowthPaused();
  }

  refusals(permission: string, method: string): readonly Problem[] {
    const effect = effectOf(permission as Permission);
    if (effect === 'always') return [];
    const unpaid = [new SubscriptionUnpaid(), new SchoolPaused()];
    return effect === 'growth' && method === 'POST' ? [...unpaid, new GrowthPaused()] : unpaid;
  }
}
