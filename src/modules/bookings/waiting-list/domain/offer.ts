import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, json, schoolScoped, sealed, text } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

/** `gone`: somebody was faster. `withdrawn`: it is not needed any more. */
export const offerStates = ['open', 'accepted', 'declined', 'gone', 'expired', 'withdrawn'] as const;
export type OfferState = (typeof offerStates)[number];

/** A time that is offered, as it is stored: instants are ISO texts. */
export interface StoredChoice {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly teacherId: Id;
  readonly teacherName: string;
}

/** Times offered to one student, one of which he may have; what it is for says either its round or its cancelled day. */
export const OfferSchema = defineEntity({
  name: 'Offer',
  tableName: 'offers',
  ...schoolScoped,
  uniques: [
    { name: 'offers_school_id', properties: ['schoolId', 'id'] },
    { name: 'offers_token_hash', properties: ['tokenHash'] },
    { name: 'offers_round_student', properties: ['schoolId', 'roundId', 'studentId'] },
    { name: 'offers_replaces', properties: ['schoolId', 'replacesId'] },
  ],
  indexes: [
    { name: 'offers_student', properties: ['schoolId', 'studentId', 'id'] },
    { name: 'offers_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'offers_expiring', properties: ['state', 'expiresAt'] },
    { name: 'offers_lesson_type', properties: ['schoolId', 'lessonTypeId'] },
    { name: 'offers_entry', properties: ['schoolId', 'entryId'] },
    { name: 'offers_cancellation', properties: ['schoolId', 'cancellationId', 'studentId'] },
    { name: 'offers_booking', properties: ['schoolId', 'bookingId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    lessonTypeId: id(),
    roundId: id().nullable(),
    entryId: id().nullable(),
    cancellationId: id().nullable(),
    /** The cancelled lesson whose terms the new one keeps. */
    replacesId: id().nullable(),
    choices: json<readonly StoredChoice[]>(),
    state: code<OfferState>(),
    /** What the link's token is found by. */
    tokenHash: text(64).columnType('char(64)'),
    /** The token itself, for the messages, until the offer is closed. */
    token: sealed().nullable(),
    expiresAt: instant(),
    /** The lesson that came of it. */
    bookingId: id().nullable(),
    createdAt: instant(),
    closedAt: instant().nullable(),
  },
});

/** A time as it is offered. */
export interface OfferedTime {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherId: Id;
  readonly teacherName: string;
}

export function choicesOf(stored: readonly StoredChoice[] | string): OfferedTime[] {
  const choices = storedJson<readonly StoredChoice[]>(stored);
  return choices.map((choice) => ({
    ...choice,
    startsAt: new Date(choice.startsAt),
    endsAt: new Date(choice.endsAt),
  }));
}

export function storedChoices(times: readonly OfferedTime[]): StoredChoice[] {
  return times.map(({ startsAt, endsAt, teacherId, teacherName }) => ({
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    teacherId,
    teacherName,
  }));
}
