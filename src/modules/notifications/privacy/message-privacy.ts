import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { MessageSchema } from '../domain/message.js';

type Db = Tables<typeof MessageSchema>;

/** What was written to the person; the texts themselves are never kept. */
@Injectable()
export class MessagePrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @ExportsPersonalData('messages')
  messages({ userId }: DataSubject): Promise<unknown> {
    return schoolQuery<Db>(this.em)
      .selectFrom('messages')
      .select(['kind', 'channel', 'state', 'recipient_masked as recipient', 'reason', 'created_at as createdAt'])
      .where('user_id', '=', bin(userId))
      .orderBy('id')
      .execute();
  }

  /** What has not gone yet goes nowhere any more. */
  @ErasesPersonalData('messages')
  async erase({ userId }: DataSubject): Promise<null> {
    const messages = globalQuery<Db>(this.em)
      .updateTable('messages')
      .where('school_id', '=', bin(currentSchool()))
      .where('user_id', '=', bin(userId));
    const open = messages.where('state', 'in', ['queued', 'sending']);
    await open.set({ state: 'dropped', closed_at: this.clock.now() }).execute();
    await messages.set({ recipient_masked: null, reason: null }).execute();
    return null;
  }
}
