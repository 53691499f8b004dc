import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, localDate, schoolScoped, text } from '../../../../platform/database/columns.js';
import { erasedText } from '../../../../platform/privacy/personal-data.decorators.js';
import { type Id, newIdAt } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { PartnerName } from '../../../identity/index.js';
import type { LicenceClass } from '../../../schools/index.js';
import { LeadClosed } from './lead-problems.js';

/** Where a lead by hand came from. */
export const ownLeadSources = ['phone', 'walk_in', 'website', 'other'] as const;
export type OwnLeadSource = (typeof ownLeadSources)[number];
export type LeadSource = OwnLeadSource | PartnerName;

/** Somebody asks, or wants to begin. */
export const leadKinds = ['enquiry', 'registration'] as const;
export type LeadKind = (typeof leadKinds)[number];

export const leadStates = ['new', 'contacted', 'converted', 'rejected'] as const;
export type LeadState = (typeof leadStates)[number];

/** Why nothing came of it. The last two are nobody's choice: the person was erased, or it was kept as long as may be. */
export const rejectReasons = ['not_interested', 'no_capacity', 'unreachable', 'duplicate', 'spam', 'other'] as const;
export type RejectReason = (typeof rejectReasons)[number] | 'erased' | 'expired';

export const mostMessage = 2_000;

export const LeadSchema = defineEntity({
  name: 'Lead',
  tableName: 'leads',
  ...schoolScoped,
  uniques: [
    { name: 'leads_school', properties: ['schoolId', 'id'] },
    { name: 'leads_external', properties: ['source', 'externalId'] },
  ],
  indexes: [
    { name: 'leads_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'leads_source', properties: ['schoolId', 'source', 'id'] },
    { name: 'leads_location', properties: ['schoolId', 'locationId', 'id'] },
    { name: 'leads_student', properties: ['schoolId', 'studentId'] },
    { name: 'leads_matched', properties: ['schoolId', 'matchedStudentId'] },
    { name: 'leads_email', properties: ['schoolId', 'email'] },
    { name: 'leads_phone', properties: ['schoolId', 'phone'] },
    { name: 'leads_duplicate', properties: ['schoolId', 'duplicateOfId'] },
    { name: 'leads_assigned', properties: ['schoolId', 'assignedTo', 'id'] },
    { name: 'leads_escalate', properties: ['escalateAt'] },
    { name: 'leads_forget', properties: ['forgetAt'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    source: code<LeadSource>(),
    /** The partner's own id of it. */
    externalId: text(100).collation('utf8mb4_bin').nullable(),
    /** SHA-256 of what the partner sent, by which a repeat is told from another one of the same id. */
    requestHash: text(64).nullable(),
    kind: code<LeadKind>(),
    locationId: id().nullable(),
    name: text(120),
    email: text(254).nullable(),
    phone: text(20).nullable(),
    birthDate: localDate().nullable(),
    licenceClass: code<LicenceClass>().nullable(),
    message: text(mostMessage).nullable(),
    /** What the person agreed to, in the words that he was shown. */
    consentText: text(1000).nullable(),
    consentedAt: instant().nullable(),
    state: code<LeadState>(),
    /** Grows with each state: whoever is told out of order keeps the greatest. */
    revision: int(),
    receivedAt: instant(),
    /** When nobody has touched it by then, the owners are told; null: nothing is waited for. */
    escalateAt: instant().nullable(),
    escalatedAt: instant().nullable(),
    contactedAt: instant().nullable(),
    closedAt: instant().nullable(),
    /** Who of the school looks after it. */
    assignedTo: id().nullable(),
    /** Of the person or the key that moved it last. */
    handledBy: id().nullable(),
    rejectReason: code<RejectReason>().nullable(),
    studentId: id().nullable(),
    /** Who of the school's students has the address or the number, as it came in. */
    matchedStudentId: id().nullable(),
    /** The first open lead of the same person, by address or number, when it came in. */
    duplicateOfId: id().nullable(),
    /** Up to which state the partner has been told. */
    reportedRevision: int(),
    /** When what it says of the person goes; null: it went, or he is a student now. */
    forgetAt: instant().nullable(),
    erasedAt: instant().nullable(),
  },
});

export interface LeadDetails {
  readonly kind: LeadKind;
  readonly locationId: Id | null;
  readonly name: string;
  readonly email: string | null;
  /** E.164 */
  readonly phone: string | null;
  readonly birthDate: LocalDate | null;
  readonly licenceClass: LicenceClass | null;
  readonly message: string | null;
  readonly consent: { readonly text: string; readonly givenAt: Date } | null;
}

export interface LeadOrigin {
  readonly schoolId: Id;
  readonly source: LeadSource;
  readonly externalId?: string;
  readonly requestHash?: string;
}

export interface LeadTimes {
  readonly now: Date;
  readonly escalateAt: Date;
  readonly forgetAt: Date;
}

const untold = {
  externalId: null,
  requestHash: null,
  escalatedAt: null,
  contactedAt: null,
  closedAt: null,
  handledBy: null,
  assignedTo: null,
  rejectReason: null,
  studentId: null,
  matchedStudentId: null,
  duplicateOfId: null,
  erasedAt: null,
};

/** Somebody who may become a student: he asked, or somebody asked for him. */
export class Lead extends LeadSchema.class {
  static receive(origin: LeadOrigin, details: LeadDetails, { now, escalateAt, forgetAt }: LeadTimes): Lead {
    const { consent, ...person } = details;
    const begun = { id: newIdAt(now), state: 'new', revision: 1, reportedRevision: 0, receivedAt: now } as const;
    const agreed = { consentText: consent?.text ?? null, consentedAt: consent?.givenAt ?? null };
    return Object.assign(new Lead(), untold, origin, person, agreed, begun, { escalateAt, forgetAt });
  }

  get isOpen(): boolean {
    return this.state === 'new' || this.state === 'contacted';
  }

  /** @param to null: nobody @returns false when it was so already @throws LeadClosed */
  assign(to: Id | null): boolean {
    this.assertOpen();
    if ((this.assignedTo ?? null) === to) return false;
    this.assignedTo = to;
    return true;
  }

  /** Somebody has spoken to him. @returns false when it was so already @throws LeadClosed */
  contact(by: Id, at: Date): boolean {
    this.assertOpen();
    if (this.state === 'contacted') return false;
    this.contactedAt = at;
    this.moveTo('contacted', by);
    return true;
  }

  /** Nothing comes of it. @throws LeadClosed */
  reject(reason: RejectReason, by: Id | null, at: Date): void {
    this.assertOpen();
    this.rejectReason = reason;
    this.closedAt = at;
    this.moveTo('rejected', by);
  }

  /** He is a student now, whose own record says the rest. @throws LeadClosed */
  convert(studentId: Id, by: Id, at: Date): void {
    this.assertOpen();
    this.studentId = studentId;
    this.closedAt = at;
    this.forgetAt = null;
    this.moveTo('converted', by);
  }

  /** @returns false when it was touched in time, or told already */
  escalate(at: Date): boolean {
    if (!this.escalateAt || this.escalateAt > at) return false;
    this.escalateAt = null;
    this.escalatedAt = at;
    return true;
  }

  /** Leaves what is counted, and nothing about a person. One that was open is closed. */
  erase(why: 'erased' | 'expired', at: Date): void {
    if (this.isOpen) this.reject(why, null, at);
    Object.assign(this, { email: null, phone: null, birthDate: null, message: null, requestHash: null });
    Object.assign(this, { matchedStudentId: null, forgetAt: null, name: erasedText, erasedAt: at });
  }

  /** @throws LeadClosed */
  assertOpen(): void {
    if (!this.isOpen) throw new LeadClosed();
  }

  private moveTo(state: LeadState, by: Id | null): void {
    this.state = state;
    this.revision += 1;
    this.handledBy = by;
    this.escalateAt = null;
  }
}
LeadSchema.setClass(Lead);
