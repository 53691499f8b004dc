import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { InboxItemSchema } from '../domain/inbox-item.js';

type Db = Tables<typeof InboxItemSchema>;

/** What a person was told in the app. */
@Injectable()
export class InboxPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('inbox')
  items({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('inbox_items')
      .select(['kind', 'subject_id as subjectId', 'created_at as createdAt', 'read_at as readAt'])
      .where('user_id', '=', bin(userId))
      .orderBy('id')
      .execute();
  }

  @ErasesPersonalData('inbox_items')
  async erase({ userId }: DataSubject): Promise<null> {
    await globalQuery<Db>(this.em)
      .deleteFrom('inbox_items')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId))
      .execute();
    return null;
  }
}
