import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import type { Channel } from '../../domain/message-kinds.js';
import { WordingUnknown } from './choice-problems.js';
import { isWording } from './consent-wording.js';

export const decisions = ['given', 'withdrawn'] as const;
export type Decision = (typeof decisions)[number];

/** Where somebody decided: in the app, on the form he signed up with, on paper that the office keeps, or by the link in a message. */
export const consentSources = ['app', 'sign_up_form', 'paper', 'link'] as const;
export type ConsentSource = (typeof consentSources)[number];

export const MarketingConsentSchema = defineEntity({
  name: 'MarketingConsent',
  tableName: 'marketing_consents',
  ...schoolScoped,
  uniques: [{ name: 'marketing_consents_school_id', properties: ['schoolId', 'id'] }],
  indexes: [
    { name: 'marketing_consents_standing', properties: ['schoolId', 'userId', 'channel', 'id'] },
    { name: 'marketing_consents_user', properties: ['userId'] },
  ],
  properties: {
    /** Of the moment it was recorded: the latest stands. */
    id: id().primary(),
    schoolId: id(),
    userId: id(),
    channel: code<Channel>(),
    decision: code<Decision>(),
    source: code<ConsentSource>(),
    /** Which text he agreed to; null for a withdrawal. */
    wording: code<string>().nullable(),
    /** Who wrote it down; null when a link did. */
    recordedBy: id().nullable(),
    decidedAt: instant(),
  },
});

export interface ConsentDecision {
  readonly channel: Channel;
  readonly decision: Decision;
  readonly source: ConsentSource;
  /** Only for what is given. */
  readonly wording?: string | null;
}

/** One decision of somebody to be sent advertisements on a channel, or not any more. Never changed; the next one overrides it. */
export class MarketingConsent extends MarketingConsentSchema.class {
  /** @throws WordingUnknown for a consent without words that were shown */
  static record(
    { decision, wording, ...rest }: ConsentDecision,
    of: Pick<MarketingConsent, 'id' | 'schoolId' | 'userId' | 'decidedAt'> & {
      readonly recordedBy: MarketingConsent['recordedBy'];
    },
  ): MarketingConsent {
    if (decision === 'given' && !isWording(wording)) throw new WordingUnknown();
    const consent = new MarketingConsent();
    return Object.assign(consent, of, rest, { decision, wording: decision === 'given' ? wording : null });
  }
}
MarketingConsentSchema.setClass(MarketingConsent);
