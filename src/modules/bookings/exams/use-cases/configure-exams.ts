import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Scheduling } from '../../../schools/index.js';
import { defaultExamRules, ExamSettings, type ExamRules, type ExamSettingsSchema } from '../domain/exam-settings.js';
import { ExamSettingsReader } from '../queries/exam-settings-reader.js';

/** Writes down what the authorities' rules are from now on. Exams that are planned already keep their deadline and fee. */
@Injectable()
export class ConfigureExams {
  constructor(
    readonly em: EntityManager,
    private readonly reader: ExamSettingsReader,
    private readonly scheduling: Scheduling,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidExamSettings */
  @Transaction()
  async execute(rules: ExamRules): Promise<ExamRules> {
    const settings = await this.locked();
    await assertAsSeen(() => this.reader.rules());
    const fields = changedFields(settings, rules);
    const { currency } = await this.scheduling.school();
    settings.change(rules, currency);
    await this.em.flush();
    await this.audit.record({ action: 'exam_settings.updated', subjectId: currentSchool(), details: { fields } });
    return this.reader.rules();
  }

  /** A school that has said nothing yet has no row, and what is not there cannot be locked. */
  private async locked(): Promise<ExamSettings> {
    const schoolId = currentSchool();
    await globalQuery<Tables<typeof ExamSettingsSchema>>(this.em)
      .insertInto('exam_settings')
      .values({
        school_id: bin(schoolId),
        deadline_working_days: defaultExamRules.deadlineWorkingDays,
        deadline_time: defaultExamRules.deadlineTime,
        theory_retry_days: defaultExamRules.theoryRetryDays,
        practical_retry_days: defaultExamRules.practicalRetryDays,
        fees: '[]' as never,
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(ExamSettings, { schoolId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
