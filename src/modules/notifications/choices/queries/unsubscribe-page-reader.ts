import { Injectable } from '@nestjs/common';
import type { Language } from '../../../../platform/http/language.js';
import { UserContacts } from '../../../identity/index.js';
import { Scheduling } from '../../../schools/index.js';
import type { Unsubscription } from '../unsubscribe-links.js';
import { StandingConsents } from './standing-consents.js';
import { SwitchedOff } from './switched-off.js';

export interface UnsubscribePageView {
  readonly schoolName: string;
  readonly language: Language;
  readonly isOff: boolean;
}

/** What the page behind an unsubscribe link shows: no name and no address, whoever has the link. */
@Injectable()
export class UnsubscribePageReader {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly contacts: UserContacts,
    private readonly switchedOff: SwitchedOff,
    private readonly consents: StandingConsents,
  ) {}

  /** In the school of the link. */
  async of({ userId, topic, channel }: Unsubscription): Promise<UnsubscribePageView> {
    const { name: schoolName } = await this.scheduling.school();
    const language = (await this.contacts.of([userId])).get(userId)?.locale ?? 'da';
    if (topic !== 'marketing') {
      const isOff = await this.switchedOff.by([userId]);
      return { schoolName, language, isOff: isOff(userId, topic, channel) };
    }
    const standing = (await this.consents.of([userId])).get(`${userId}:${channel}`);
    return { schoolName, language, isOff: standing?.decision !== 'given' };
  }
}
