import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Encryption } from '../../../platform/crypto/encryption.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { ErasureNotFound } from '../domain/privacy/privacy-problems.js';
import { ErasurePart, type ErasureReason, type PartState, StudentErasure } from '../domain/privacy/student-erasure.js';

/** Who it was, for whoever must be shown what the law keeps. */
export interface KeptIdentity {
  readonly name: string;
  readonly birthDate: LocalDate | null;
}

export interface ErasureView {
  readonly studentId: Id;
  readonly reason: ErasureReason;
  readonly requestedAt: Date;
  readonly erasedAt: Date | null;
  readonly parts: readonly { readonly part: string; readonly state: PartState; readonly keptUntil: LocalDate | null }[];
  readonly identity: KeptIdentity | null;
}

/** Where a sealed identity is kept, and opens. */
export const identityContext = (erasureId: Id): string => `student_erasures.identity:${erasureId}`;

@Injectable()
export class ErasureReader {
  constructor(
    private readonly em: EntityManager,
    private readonly encryption: Encryption,
  ) {}

  /** @throws ErasureNotFound */
  async of(studentId: Id): Promise<ErasureView> {
    const erasure = await this.em.findOne(StudentErasure, { studentId });
    if (!erasure) throw new ErasureNotFound();
    const parts = await this.em.find(ErasurePart, { erasureId: erasure.id }, { orderBy: { part: 'asc' } });
    const { reason, requestedAt, identity } = erasure;
    return {
      studentId,
      reason,
      requestedAt,
      erasedAt: erasure.erasedAt ?? null,
      parts: parts.map(({ part, state, dueOn }) => ({ part, state, keptUntil: dueOn ?? null })),
      identity: identity ? this.opened(identity, erasure.id) : null,
    };
  }

  private opened(identity: string, erasureId: Id): KeptIdentity {
    return JSON.parse(this.encryption.open(identity, identityContext(erasureId))) as KeptIdentity;
  }
}
