import { defineEntity } from '@mikro-orm/core';
import { hashOfToken, newSecretToken } from '../../../../platform/crypto/secret-token.js';
import { code, id, instant, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { Language } from '../../../../platform/http/language.js';
import { newId, type Id } from '../../../../platform/values/id.js';

/** Whose lessons a feed shows. */
export const feedKinds = ['school', 'teacher', 'student', 'vehicle'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** How a feed names students: what it shows lies with whoever runs the reader's calendar, so less is the rule. */
export const studentNames = ['initials', 'full'] as const;
export type StudentNames = (typeof studentNames)[number];

export const CalendarFeedSchema = defineEntity({
  name: 'CalendarFeed',
  tableName: 'calendar_feeds',
  ...schoolScoped,
  uniques: [
    { name: 'calendar_feeds_school_id', properties: ['schoolId', 'id'] },
    { name: 'calendar_feeds_token', properties: ['tokenHash'] },
  ],
  indexes: [
    { name: 'calendar_feeds_user', properties: ['userId', 'schoolId', 'id'] },
    { name: 'calendar_feeds_teacher', properties: ['schoolId', 'teacherId'] },
    { name: 'calendar_feeds_student', properties: ['schoolId', 'studentId'] },
    { name: 'calendar_feeds_vehicle', properties: ['schoolId', 'vehicleId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    /** Whose feed it is: it shows no more than he may see, for as long as he may. */
    userId: id(),
    kind: code<FeedKind>(),
    teacherId: id().nullable(),
    studentId: id().nullable(),
    vehicleId: id().nullable(),
    names: code<StudentNames>(),
    language: code<Language>(),
    tokenHash: text(64),
    createdAt: instant(),
    rotatedAt: instant().nullable(),
    /** To the hour. */
    lastReadAt: instant().nullable(),
  },
});

/** The one whose lessons are shown; none for the whole school. */
export interface FeedSubject {
  readonly teacherId?: Id;
  readonly studentId?: Id;
  readonly vehicleId?: Id;
}

export type SubjectField = keyof FeedSubject;

export interface NewFeed extends FeedSubject {
  readonly schoolId: Id;
  readonly userId: Id;
  readonly kind: FeedKind;
  readonly names: StudentNames;
  readonly language: Language;
}

/** Somebody's subscription to a calendar, at an address that nobody can guess. */
export class CalendarFeed extends CalendarFeedSchema.class {
  /** The token is in this answer alone; what is kept of it is its hash. */
  static open(
    { teacherId, studentId, vehicleId, ...details }: NewFeed,
    at: Date,
  ): { feed: CalendarFeed; token: string } {
    const feed = Object.assign(new CalendarFeed(), details, {
      id: newId(),
      teacherId: teacherId ?? null,
      studentId: studentId ?? null,
      vehicleId: vehicleId ?? null,
      createdAt: at,
      rotatedAt: null,
      lastReadAt: null,
    });
    return { feed, token: feed.takeToken() };
  }

  /** The address of before shows nothing any more. @returns the new token */
  rotate(at: Date): string {
    this.rotatedAt = at;
    this.lastReadAt = null;
    return this.takeToken();
  }

  private takeToken(): string {
    const token = newSecretToken();
    this.tokenHash = hashOfToken(token);
    return token;
  }
}
CalendarFeedSchema.setClass(CalendarFeed);
