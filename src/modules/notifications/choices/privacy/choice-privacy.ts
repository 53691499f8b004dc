import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { MarketingConsent, type MarketingConsentSchema } from '../domain/marketing-consent.js';
import { MessagePreference, type MessagePreferenceSchema } from '../domain/message-preference.js';

type Db = Tables<typeof MarketingConsentSchema | typeof MessagePreferenceSchema>;

/** How somebody wants to hear from the school, and what he agreed to. */
@Injectable()
export class ChoicePrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('messagePreferences')
  preferences({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('message_preferences')
      .select(['topic', 'channel', 'is_on as isOn', 'changed_at as changedAt'])
      .where('user_id', '=', bin(userId))
      .orderBy('topic')
      .orderBy('channel')
      .execute();
  }

  @ErasesPersonalData('message_preferences')
  async erasePreferences({ userId }: DataSubject): Promise<null> {
    await this.em.nativeDelete(MessagePreference, { userId });
    return null;
  }

  @ExportsPersonalData('marketingConsents')
  consents({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('marketing_consents')
      .select(['channel', 'decision', 'source', 'wording', 'decided_at as decidedAt'])
      .where('user_id', '=', bin(userId))
      .orderBy('id')
      .execute();
  }

  @ErasesPersonalData('marketing_consents')
  async eraseConsents({ userId }: DataSubject): Promise<null> {
    await this.em.nativeDelete(MarketingConsent, { userId });
    return null;
  }
}
