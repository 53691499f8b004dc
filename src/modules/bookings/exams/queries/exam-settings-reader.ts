import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { defaultExamRules, ExamSettings, type ExamRules } from '../domain/exam-settings.js';

/** The rules for exams as the current school has written them down. */
@Injectable()
export class ExamSettingsReader {
  constructor(private readonly em: EntityManager) {}

  async rules(): Promise<ExamRules> {
    const em = this.em.fork({ keepTransactionContext: true });
    const settings = await em.findOne(ExamSettings, { schoolId: currentSchool() });
    if (!settings) return defaultExamRules;
    const { deadlineWorkingDays, deadlineTime, theoryRetryDays, practicalRetryDays, fees } = settings;
    return { deadlineWorkingDays, deadlineTime, theoryRetryDays, practicalRetryDays, fees };
  }
}
