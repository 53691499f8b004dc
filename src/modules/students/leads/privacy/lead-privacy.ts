import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
} from '../../../../platform/privacy/personal-data.decorators.js';
import type { LeadSchema } from '../domain/lead.js';
import { EraseLead } from '../use-cases/erase-lead.js';

/** What somebody asked before he was a student. */
@Injectable()
export class LeadPrivacy {
  constructor(
    private readonly em: EntityManager,
    private readonly eraseLead: EraseLead,
  ) {}

  @ExportsPersonalData('leads')
  leads(subject: DataSubject): Promise<unknown> {
    return this.of(subject)
      .select(['source', 'kind', 'name', 'email', 'phone', 'birth_date as birthDate', 'message', 'state'])
      .select(['consent_text as consentText', 'consented_at as consentedAt', 'received_at as receivedAt'])
      .execute();
  }

  @ErasesPersonalData('leads')
  async erase(subject: DataSubject): Promise<null> {
    for (const { id } of await this.of(subject).select('id').execute()) await this.eraseLead.execute(id);
    return null;
  }

  /** Those that became him, those that came in as his, and those with his address. */
  private of({ id, email }: DataSubject) {
    return schoolQuery<Tables<typeof LeadSchema>>(this.em)
      .selectFrom('leads')
      .where((row) =>
        row.or([row('student_id', '=', bin(id)), row('matched_student_id', '=', bin(id)), row('email', '=', email)]),
      )
      .where('erased_at', 'is', null);
  }
}
