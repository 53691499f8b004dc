import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, json, schoolScoped } from '../../../../platform/database/columns.js';
import { type Id, newIdAt } from '../../../../platform/values/id.js';
import type { Channel } from '../../domain/message-kinds.js';
import { type AnnouncementContent, checkContent } from './announcement-content.js';
import { AnnouncementChanged, AnnouncementNotOpen } from './announcement-problems.js';
import type { AnnouncementState } from './announcement-state.js';
import type { Audience } from './audience.js';

export const announcementPurposes = ['service', 'marketing'] as const;
export type AnnouncementPurpose = (typeof announcementPurposes)[number];

export const AnnouncementSchema = defineEntity({
  name: 'Announcement',
  tableName: 'announcements',
  ...schoolScoped,
  uniques: [{ name: 'announcements_school', properties: ['schoolId', 'id'] }],
  indexes: [{ name: 'announcements_state', properties: ['schoolId', 'state', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    state: code<AnnouncementState>(),
    purpose: code<AnnouncementPurpose>(),
    content: json<AnnouncementContent>(),
    audience: json<Audience>(),
    /** Of the draft: what is confirmed is what was looked at. */
    version: int(),
    /** How many were meant when it was confirmed; null before. */
    emailRecipients: int().nullable(),
    smsRecipients: int().nullable(),
    createdAt: instant(),
    confirmedAt: instant().nullable(),
    /** When its last message stood in the delivery log. */
    allQueuedAt: instant().nullable(),
    cancelledAt: instant().nullable(),
  },
});

export interface AnnouncementDraft {
  readonly purpose: AnnouncementPurpose;
  readonly content: AnnouncementContent;
  readonly audience: Audience;
}

const unsent = { emailRecipients: null, smsRecipients: null, confirmedAt: null, allQueuedAt: null, cancelledAt: null };

/** What a school tells many students at once: written and looked at as a draft, confirmed once, then sent and perhaps stopped. */
export class Announcement extends AnnouncementSchema.class {
  /** @throws AnnouncementTextMissing, PlaceholderUnknown */
  static draft(schoolId: Id, draft: AnnouncementDraft, at: Date): Announcement {
    checkContent(draft.content);
    const initial = { id: newIdAt(at), schoolId, state: 'draft', version: 1, createdAt: at } as const;
    return Object.assign(new Announcement(), initial, unsent, draft);
  }

  /** @throws AnnouncementNotOpen, AnnouncementTextMissing, PlaceholderUnknown */
  rewrite(draft: AnnouncementDraft): void {
    this.assertDraft();
    checkContent(draft.content);
    Object.assign(this, draft);
    this.version += 1;
  }

  /** @throws AnnouncementNotOpen unless it is a draft */
  assertDraft(): void {
    if (this.state !== 'draft') throw new AnnouncementNotOpen(this.state);
  }

  /** @param version of the draft that was looked at @throws AnnouncementNotOpen, AnnouncementChanged */
  confirm(version: number, recipients: Readonly<Record<Channel, number>>, at: Date): void {
    this.assertDraft();
    if (version !== this.version) throw new AnnouncementChanged(this.version);
    this.state = 'sending';
    this.confirmedAt = at;
    this.emailRecipients = recipients.email;
    this.smsRecipients = recipients.sms;
  }

  /** Whether messages are still to be made. */
  get isQueueing(): boolean {
    return this.state === 'sending' && !this.allQueuedAt;
  }

  /** Every recipient's message stands in the delivery log. */
  allQueued(at: Date): void {
    this.allQueuedAt = at;
  }

  /** What has not gone stays here. @throws AnnouncementNotOpen unless it is being sent */
  cancel(at: Date): void {
    if (this.state !== 'sending') throw new AnnouncementNotOpen(this.state);
    this.state = 'cancelled';
    this.cancelledAt = at;
  }
}
AnnouncementSchema.setClass(Announcement);

/** The messages of an announcement are of this kind. */
export const kindOf = { service: 'announcement', marketing: 'announcement_marketing' } as const;
export const announcementKinds = Object.values(kindOf);
