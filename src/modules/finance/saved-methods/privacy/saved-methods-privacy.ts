import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { Clock } from '../../../../platform/values/clock.js';
import { SavedMethod } from '../../domain/saved-method.js';

/** The cards a student has saved, and what he agreed to. */
@Injectable()
export class SavedMethodsPrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @ExportsPersonalData('saved-cards')
  async export({ id: studentId }: DataSubject): Promise<unknown> {
    const em = this.em.fork({ keepTransactionContext: true });
    const methods = await em.find(SavedMethod, { studentId }, { orderBy: { id: 'asc' } });
    return methods.map(
      ({ provider, state, brand, last4, expMonth, expYear, consentVersion, createdAt, removedAt }) => ({
        provider,
        state,
        brand,
        last4,
        expMonth,
        expYear,
        consentVersion,
        consentedAt: createdAt,
        removedAt,
      }),
    );
  }

  /** The gateway is told to forget the card, too; that a payment was made by a card stays with the payment. */
  @ErasesPersonalData('saved-cards')
  async erase({ id: studentId }: DataSubject): Promise<Kept | null> {
    const now = this.clock.now();
    for (const method of await this.em.find(SavedMethod, { studentId })) {
      method.remove(now);
      Object.assign(method, { brand: null, last4: null, expMonth: null, expYear: null });
    }
    return null;
  }
}
