import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../queries/student-directory.js';
import { EnrolStudent, type EnrolStudentInput } from '../../use-cases/enrol-student.js';
import type { Lead } from '../domain/lead.js';
import { LeadDetailsMissing } from '../domain/lead-problems.js';
import { LeadReader, type LeadView } from '../queries/lead-reader.js';
import { ChangeLead } from './change-lead.js';

/** What the office knows better than the lead says; or the student who he is already. */
export type LeadConversion = Partial<EnrolStudentInput> & { readonly studentId?: Id };

/** Makes a lead a student of the school and enrols him, once: of two clerks at the same moment the second is told so. */
@Injectable()
export class ConvertLead {
  constructor(
    readonly em: EntityManager,
    private readonly changeLead: ChangeLead,
    private readonly enrolStudent: EnrolStudent,
    private readonly students: StudentDirectory,
    private readonly reader: LeadReader,
    private readonly clock: Clock,
  ) {}

  /** @throws LeadNotFound, LeadClosed, LeadDetailsMissing, StudentExists, StudentNotFound, InvalidBirthDate */
  @Transaction()
  async execute(actor: Actor, leadId: Id, { studentId, ...known }: LeadConversion): Promise<LeadView> {
    await this.changeLead.execute(leadId, 'lead.converted', async (lead) => {
      lead.assertOpen();
      const { id } = studentId
        ? await this.students.get(studentId)
        : await this.enrolStudent.execute(enrolmentOf(lead, known));
      lead.convert(id, actor.id, this.clock.now());
      return { studentId: id, enrolled: studentId === undefined };
    });
    return this.reader.get(leadId);
  }
}

function enrolmentOf(lead: Lead, known: Partial<EnrolStudentInput>): EnrolStudentInput {
  const { name, phone, birthDate } = lead;
  const email = known.email ?? lead.email ?? null;
  const licenceClass = known.licenceClass ?? lead.licenceClass ?? null;
  if (email === null) throw new LeadDetailsMissing('email');
  if (licenceClass === null) throw new LeadDetailsMissing('licenceClass');
  return { name, phone, birthDate, ...known, email, licenceClass };
}
