import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  erasedText,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { DunningPauseSchema, DunningStepSchema } from '../domain/dunning.js';

type Db = Tables<typeof DunningPauseSchema | typeof DunningStepSchema>;

/** Of what a person was reminded, and why that rested. */
@Injectable()
export class DunningPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('reminders')
  async export({ id }: DataSubject): Promise<unknown> {
    const reminders = await schoolQuery<Db>(this.em)
      .selectFrom('dunning_steps')
      .select(['step', 'taken_on as takenOn', 'invoice_id as invoiceId'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    const pauses = await schoolQuery<Db>(this.em)
      .selectFrom('dunning_pauses')
      .select(['reason', 'until_date as untilDate', 'created_at as createdAt', 'ended_at as endedAt'])
      .where('student_id', '=', bin(id))
      .orderBy('id')
      .execute();
    return { reminders, pauses };
  }

  /** That somebody was reminded names nobody, and goes with the invoice. */
  @ErasesPersonalData('reminders')
  async erase({ id }: DataSubject): Promise<Kept | null> {
    await globalQuery<Db>(this.em)
      .updateTable('dunning_pauses')
      .set({ reason: erasedText })
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(id))
      .execute();
    return null;
  }
}
