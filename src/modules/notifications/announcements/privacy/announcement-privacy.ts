import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { AnnouncementTables } from '../queries/tables.js';

/** Announcements that are still on their way to the person; what was sent is in the delivery log. */
@Injectable()
export class AnnouncementPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('announcementsToCome')
  toCome({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('announcement_recipients')
      .select(['announcement_id as announcementId', 'channel'])
      .where('user_id', '=', bin(userId))
      .execute();
  }

  @ErasesPersonalData('announcement_recipients')
  async erase({ userId }: DataSubject): Promise<null> {
    await globalQuery<AnnouncementTables>(this.em)
      .deleteFrom('announcement_recipients')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .execute();
    return null;
  }
}
