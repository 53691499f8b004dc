import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { Clock } from '../../../../platform/values/clock.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { type Channel, traitsOf } from '../../domain/message-kinds.js';
import type { Topic } from '../../domain/topics.js';
import { NotificationsConfig } from '../../notifications.config.js';
import type { Locale } from '../../templates/wording.js';
import { type AnnouncementPurpose, kindOf } from '../domain/announcement.js';
import { AudienceUnknown } from '../domain/announcement-problems.js';
import { type Audience, recentDays } from '../domain/audience.js';
import type { AnnouncementTables } from './tables.js';

/** Why somebody who is meant is left out on a channel. */
export const leftOutReasons = ['switched_off', 'no_number', 'obstacle', 'no_consent', 'opted_out'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export interface Reach {
  readonly recipients: number;
  readonly leftOut: Readonly<Record<LeftOutReason, number>>;
}

/** Readers of one language whose texts are alike. */
export interface AlikeReaders {
  readonly locale: Locale;
  readonly name: string;
  readonly count: number;
}

/** Who is meant by an announcement, and who of them can be reached: in one statement each, however many they are. */
@Injectable()
export class AudienceReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** How many are reached on a channel, and how many not. */
  async reach(audience: Audience, purpose: AnnouncementPurpose, channel: Channel): Promise<Reach> {
    const rows = await this.people(audience)
      .select([this.leftOut(channel, purpose).as('reason'), sql<number>`count(*)`.as('count')])
      .groupBy('reason')
      .execute();
    const count = (reason: LeftOutReason | null) => rows.find((row) => row.reason === reason)?.count ?? 0;
    const leftOut = Object.fromEntries(leftOutReasons.map((reason) => [reason, count(reason)])) as Reach['leftOut'];
    return { recipients: count(null), leftOut };
  }

  /** Whom a channel reaches, together where their texts are the same: by their first name, their whole name, or not at all. */
  async alike(
    audience: Audience,
    purpose: AnnouncementPurpose,
    channel: Channel,
    by: 'first_name' | 'name' | 'nothing',
  ): Promise<AlikeReaders[]> {
    const names = {
      first_name: sql<string>`substring_index(trim(users.name), ' ', 1) collate utf8mb4_bin`,
      name: sql<string>`users.name collate utf8mb4_bin`,
      nothing: sql<string>`''`,
    };
    const rows = await this.people(audience)
      .where(sql<boolean>`${this.leftOut(channel, purpose)} is null`)
      .select([sql<Locale>`users.locale`.as('language'), names[by].as('called'), sql<number>`count(*)`.as('count')])
      .groupBy(['language', 'called'])
      .execute();
    return rows.map(({ language, called, count }) => ({ locale: language, name: called, count }));
  }

  /** Writes down whom a channel reaches now, in the caller's transaction. @returns how many they are */
  async freeze(
    announcementId: Id,
    audience: Audience,
    purpose: AnnouncementPurpose,
    channel: Channel,
  ): Promise<number> {
    const reached = this.people(audience)
      .where(sql<boolean>`${this.leftOut(channel, purpose)} is null`)
      .select([bin(announcementId).as('announcement_id'), sql<Channel>`${channel}`.as('channel')])
      .select(['students.user_id as user_id', 'students.school_id as school_id']);
    const { numInsertedOrUpdatedRows } = await globalQuery<AnnouncementTables>(this.em)
      .insertInto('announcement_recipients')
      .columns(['announcement_id', 'channel', 'user_id', 'school_id'])
      .expression(reached)
      .executeTakeFirstOrThrow();
    return Number(numInsertedOrUpdatedRows ?? 0n);
  }

  /** @throws AudienceUnknown for what the school does not have */
  async check({ teacherId, locationId, courseId }: Audience): Promise<void> {
    if (teacherId && !(await this.has('teachers', teacherId))) throw new AudienceUnknown('teacherId');
    if (locationId && !(await this.has('locations', locationId))) throw new AudienceUnknown('locationId');
    if (courseId && !(await this.has('courses', courseId))) throw new AudienceUnknown('courseId');
  }

  private async has(table: 'teachers' | 'locations' | 'courses', id: Id): Promise<boolean> {
    const { rows } = await sql`select 1 from ${sql.table(table)}
      where school_id = ${bin(currentSchool())} and id = ${bin(id)}`.execute(globalQuery<object>(this.em));
    return rows.length > 0;
  }

  private people(audience: Audience) {
    const people = schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('students')
      .innerJoin('users', 'users.id', 'students.user_id');
    return this.conditions(audience).reduce((query, condition) => query.where(condition), people);
  }

  private conditions(audience: Audience): RawBuilder<boolean>[] {
    const { status, licenceClass, teacherId, locationId, courseId } = audience;
    const { enrolledFrom, enrolledBefore, hasUpcomingLesson } = audience;
    const now = this.clock.now();
    const lately = new Date(now.getTime() - recentDays * 86_400_000);
    return [
      sql<boolean>`students.status = ${status}`,
      ...(licenceClass ? [sql<boolean>`students.licence_class = ${licenceClass}`] : []),
      ...(enrolledFrom ? [sql<boolean>`students.created_at >= ${new Date(enrolledFrom)}`] : []),
      ...(enrolledBefore ? [sql<boolean>`students.created_at < ${new Date(enrolledBefore)}`] : []),
      ...(teacherId ? [hasLesson(lately, sql`and b.teacher_id = ${bin(teacherId)}`)] : []),
      ...(locationId ? [hasLesson(lately, sql`and b.location_id = ${bin(locationId)}`)] : []),
      ...(courseId ? [isEnrolled(courseId)] : []),
      ...(hasUpcomingLesson === undefined
        ? []
        : [hasUpcomingLesson ? hasLesson(now) : sql<boolean>`not ${hasLesson(now)}`]),
    ];
  }

  /** Null for whom the channel reaches. */
  private leftOut(channel: Channel, purpose: AnnouncementPurpose): RawBuilder<LeftOutReason | null> {
    if (channel === 'sms' && !this.config.smsEnabled) return sql`'switched_off'`;
    const address = channel === 'sms' ? sql`users.phone` : sql`lower(users.email)`;
    const noConsent = purpose === 'marketing' ? sql`when not ${hasConsented(channel)} then 'no_consent'` : sql``;
    return sql`case when ${address} is null then 'no_number' when ${obstacleAt(channel, address)} then 'obstacle'
      ${noConsent} when ${hasSwitchedOff(channel, traitsOf(kindOf[purpose]).topic)} then 'opted_out' end`;
  }
}

function hasLesson(from: Date, condition: RawBuilder<unknown> = sql``): RawBuilder<boolean> {
  return sql`exists (select 1 from bookings b where b.school_id = students.school_id and b.student_id = students.id
    and b.starts_at >= ${from} and b.state in ('booked', 'completed') ${condition})`;
}

// The last word counts; ids grow with time.
function hasConsented(channel: Channel): RawBuilder<boolean> {
  return sql`coalesce((select c.decision = 'given' from marketing_consents c where c.school_id = students.school_id
    and c.user_id = students.user_id and c.channel = ${channel} order by c.id desc limit 1), false)`;
}

function hasSwitchedOff(channel: Channel, topic: Topic): RawBuilder<boolean> {
  return sql`exists (select 1 from message_preferences p where p.school_id = students.school_id
    and p.user_id = students.user_id and p.topic = ${topic} and p.channel = ${channel} and p.is_on = false)`;
}

function isEnrolled(courseId: Id): RawBuilder<boolean> {
  return sql`exists (select 1 from course_enrolments e where e.school_id = students.school_id and e.student_id = students.id
    and e.course_id = ${bin(courseId)} and e.state = 'enrolled')`;
}

// The addresses are kept as ASCII: the other way round no index would help.
function obstacleAt(channel: Channel, address: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select 1 from undeliverable_addresses o where o.channel = ${channel}
    and o.address = convert(${address} using ascii) collate ascii_bin
    and o.told_at is not null and (o.lifted_at is null or o.lifted_at < o.told_at))`;
}
