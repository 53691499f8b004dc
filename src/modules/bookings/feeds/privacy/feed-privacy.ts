import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { CalendarFeed, type CalendarFeedSchema } from '../domain/calendar-feed.js';

/** Who reads a student's calendar from outside: himself, and his guardians. */
@Injectable()
export class FeedPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('calendarFeeds')
  feeds({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<Tables<typeof CalendarFeedSchema>>(this.em)
      .selectFrom('calendar_feeds')
      .select(['id', 'language', 'created_at as createdAt', 'last_read_at as lastReadAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
  }

  @ErasesPersonalData('calendar_feeds')
  async erase({ id: studentId }: DataSubject): Promise<null> {
    await this.em.nativeDelete(CalendarFeed, { studentId });
    return null;
  }
}
