import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { addDays, localDate, type LocalDate, type LocalTime } from '../../../../platform/values/zone.js';
import { Scheduling, type SchedulableLessonType } from '../../../schools/index.js';
import { OwnStudents } from '../../../students/index.js';
import { checkMayBookType } from '../../domain/booking-policy.js';
import { StudentMayNotBook, StudentRequired, UnknownReference } from '../../domain/errors.js';
import { EnrolmentRules } from '../../ports/enrolment-rules.js';
import { WaitingListEntry, type WishedTimes } from '../domain/waiting-list-entry.js';
import { WaitingListJoined } from '../domain/waiting-list-events.js';
import { WishedDatesInvalid, WishedTimesInvalid } from '../domain/waiting-list-problems.js';
import { type EntryView, WaitingListReader } from '../queries/waiting-list-reader.js';

export interface JoinCommand {
  readonly lessonTypeId: Id;
  /** Left out by students, who wait themselves, and by guardians of one student. */
  readonly studentId?: Id;
  /** Any teacher, when left out. */
  readonly teacherId?: Id;
  readonly weekdays?: readonly number[];
  readonly earliest?: LocalTime;
  readonly latest?: LocalTime;
  readonly fromDate?: LocalDate;
  readonly untilDate?: LocalDate;
  readonly noticeMinutes?: number;
  readonly ownTimes?: boolean;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const usualDays = 60;
const mostDays = 366;
const usualNotice = 120;

/** Puts a student on the waiting list for a kind of lesson. */
@Injectable()
export class JoinWaitingList {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly students: OwnStudents,
    private readonly enrolment: EnrolmentRules,
    private readonly reader: WaitingListReader,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /** @throws what would keep the student from booking such a lesson at all | WishedDatesInvalid | WishedTimesInvalid */
  @Transaction()
  async execute(actor: Actor, command: JoinCommand): Promise<EntryView> {
    const student = await this.students.meant(actor, command.studentId);
    if (!student) throw new StudentRequired();
    const type = await this.scheduling.lessonType(command.lessonTypeId);
    checkMayBookType(actor, type);
    if (!type.active) throw new UnknownReference('lessonTypeId');
    if (!(await this.enrolment.mayBook(student, type))) throw new StudentMayNotBook();
    await this.checkTeaches(command.teacherId, type);
    const entry = WaitingListEntry.join({
      id: newId(),
      schoolId: actor.schoolId,
      studentId: student.id,
      lessonTypeId: type.id,
      teacherId: command.teacherId ?? null,
      ...(await this.wished(command, type)),
      ownTimes: command.ownTimes ?? false,
      createdBy: actor.id,
      createdAt: this.clock.now(),
    });
    await this.em.persist(entry).flush();
    await this.outbox.record(new WaitingListJoined({ entryId: entry.id }));
    const details = { studentId: student.id, lessonTypeId: type.id };
    await this.audit.record({ action: 'waiting_list.joined', subjectId: entry.id, details });
    return this.reader.get(actor, entry.id);
  }

  private async checkTeaches(teacherId: Id | undefined, type: SchedulableLessonType): Promise<void> {
    if (teacherId === undefined) return;
    const teachers = await this.scheduling.teachersFor(type);
    if (!teachers.some(({ id }) => id === teacherId)) throw new UnknownReference('teacherId');
  }

  private async wished(command: JoinCommand, { minutes }: SchedulableLessonType): Promise<WishedTimes> {
    const today = localDate(this.clock.now(), (await this.scheduling.school()).zone);
    const { weekdays = everyDay, earliest = '00:00', latest = '24:00', noticeMinutes = usualNotice } = command;
    const fromDate = command.fromDate ?? today;
    const untilDate = command.untilDate ?? addDays(fromDate, usualDays);
    if (untilDate < fromDate || untilDate < today || untilDate > addDays(today, mostDays))
      throw new WishedDatesInvalid();
    if (minuteOf(latest) - minuteOf(earliest) < minutes) throw new WishedTimesInvalid();
    return { weekdays, earliest, latest, fromDate, untilDate, noticeMinutes };
  }
}

function minuteOf(time: LocalTime): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
