import type { EventSubscriber, FlushEventArgs } from '@mikro-orm/core';
import { acrossReason, currentSchoolOrNull } from '../tenancy/tenancy.js';

/** Refuses to write a row of another school than the one the scope was opened for. */
export class TenancySubscriber implements EventSubscriber {
  onFlush({ uow }: FlushEventArgs): void {
    const school = currentSchoolOrNull();
    for (const { entity, meta } of uow.getChangeSets()) {
      if (!meta.properties['schoolId' as never] || acrossReason()) continue;
      const owner = (entity as { schoolId?: unknown }).schoolId ?? null;
      // Rows that may stand without a school (a platform message) carry null; then there is none to protect.
      if (owner !== null && owner !== school) throw new ForeignSchoolWrite(meta.className);
    }
  }
}

export class ForeignSchoolWrite extends Error {
  constructor(entity: string) {
    super(`a ${entity} of another school was about to be written`);
  }
}
