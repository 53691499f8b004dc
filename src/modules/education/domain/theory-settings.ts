import { defineEntity, p } from '@mikro-orm/core';
import { bool, id, instant, int, json, schoolScoped, text } from '../../../platform/database/columns.js';
import type { TheoryCatalogue } from '../ports/theory-platform.js';

export const TheorySettingsSchema = defineEntity({
  name: 'TheorySettings',
  tableName: 'theory_settings',
  ...schoolScoped,
  uniques: [{ name: 'theory_settings_account', properties: ['accountRef'] }],
  indexes: [{ name: 'theory_settings_due', properties: ['nextReadAt'] }],
  properties: {
    schoolId: id().primary(),
    enabled: bool().default(false),
    linkOnEnrolment: bool().default(false),
    /** The school's own account at the platform. */
    accountRef: text(64).nullable(),
    /** How far the account's reports are read. */
    readUntil: text(200).nullable(),
    /** Null: they are not read. */
    nextReadAt: instant().nullable(),
    readAt: instant().nullable(),
    failures: int().default(0),
  },
});

const minute = 60_000;
const every = 60 * minute;
const longestPause = 360 * minute;

/** Whether and how one school uses the theory platform, and how far its reports are read. */
export class TheorySettings extends TheorySettingsSchema.class {
  change(enabled: boolean, linkOnEnrolment: boolean, accountRef: string | null, at: Date): void {
    // Places belong to their account.
    if (accountRef !== this.accountRef) Object.assign(this, { readUntil: null, readAt: null, failures: 0 });
    if (!enabled) this.nextReadAt = null;
    else if (!this.enabled || accountRef !== this.accountRef) this.nextReadAt = at;
    Object.assign(this, { enabled, linkOnEnrolment, accountRef });
  }

  /** Nothing, when the school has turned it off meanwhile. */
  read(at: Date): void {
    Object.assign(this, { failures: 0, readAt: at });
    if (this.enabled) this.nextReadAt = new Date(at.getTime() + every);
  }

  unread(at: Date, againInMs = 0): void {
    this.failures += 1;
    const pause = Math.min(longestPause, 5 * minute * 2 ** Math.min(this.failures - 1, 10));
    if (this.enabled) this.nextReadAt = new Date(at.getTime() + Math.max(pause, againInMs));
  }
}
TheorySettingsSchema.setClass(TheorySettings);

/** What a platform teaches, as it was read last. */
export const TheoryCatalogueSchema = defineEntity({
  name: 'StoredTheoryCatalogue',
  tableName: 'theory_catalogues',
  properties: { provider: p.string().length(40).primary(), content: json<TheoryCatalogue>(), readAt: instant() },
});
