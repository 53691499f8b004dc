import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { Charges } from '../../finance/index.js';
import { Scheduling, type SchedulableLessonType } from '../../schools/index.js';
import { OwnStudents, type StudentRecord } from '../../students/index.js';
import { checkMayBookType, checkStart } from '../domain/booking-policy.js';
import { Booking } from '../domain/booking.js';
import { Calendar } from '../domain/calendar/claims.js';
import { StudentMayNotBook, StudentRequired, UnknownReference } from '../domain/errors.js';
import { LessonBooked } from '../domain/events.js';
import { EnrolmentRules } from '../ports/enrolment-rules.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { LessonPlacer, claimsOf, type LessonPlace, type PlaceWish } from './lesson-placer.js';

export interface BookLessonCommand {
  readonly lessonTypeId: Id;
  readonly startsAt: Date;
  /** Left out by students, who book for themselves, and by guardians of one student. */
  readonly studentId?: Id;
  /** Whoever is free, when left out. */
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
}

interface Lesson {
  readonly wish: PlaceWish;
  readonly type: SchedulableLessonType;
  readonly student: StudentRecord;
}

/** Books a lesson for a student and notes what it costs. */
@Injectable()
export class BookLesson {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly scheduling: Scheduling,
    private readonly students: OwnStudents,
    private readonly enrolment: EnrolmentRules,
    private readonly placer: LessonPlacer,
    private readonly calendar: Calendar,
    private readonly charges: Charges,
    private readonly diary: Diary,
    private readonly audit: Audit,
  ) {}

  /** @throws SlotTaken | TeacherUnavailable with alternatives, or what the policies refuse */
  async execute(actor: Actor, command: BookLessonCommand): Promise<DiaryEntry> {
    const lesson = await this.checked(actor, command);
    return this.placer.place(lesson.wish, (place) => this.bookAt(place, lesson, actor));
  }

  /** Everything that can be refused without locking anything. */
  private async checked(actor: Actor, command: BookLessonCommand): Promise<Lesson> {
    checkStart(actor, command.startsAt, this.clock.now());
    const [type, student, { zone }] = await Promise.all([
      this.scheduling.lessonType(command.lessonTypeId),
      this.students.meant(actor, command.studentId),
      this.scheduling.school(),
    ]);
    if (!student) throw new StudentRequired();
    checkMayBookType(actor, type);
    if (!type.active) throw new UnknownReference('lessonTypeId');
    if (!(await this.enrolment.mayBook(student, type))) throw new StudentMayNotBook();
    const { minutes, setupMinutes, bufferMinutes } = type;
    const { startsAt, teacherId, vehicleId } = command;
    const wish: PlaceWish = {
      bookingId: newId(),
      lessonType: type,
      startsAt,
      minutes,
      setupMinutes,
      bufferMinutes,
      zone,
      studentResourceId: student.resourceId,
      ...(teacherId && { teacherId }),
      ...(vehicleId && { vehicleId }),
    };
    return { wish, type, student };
  }

  @AnsweringTransaction()
  private async bookAt(place: LessonPlace, { wish, type, student }: Lesson, actor: Actor): Promise<DiaryEntry> {
    await this.calendar.claim({ resources: claimsOf(wish, place), claimedBy: wish.bookingId });
    await this.placer.checkAtWork(wish, place);
    const booking = Booking.book(
      {
        id: wish.bookingId,
        schoolId: actor.schoolId,
        studentId: student.id,
        teacherId: place.teacher.id,
        vehicleId: place.vehicle?.id ?? null,
        startsAt: wish.startsAt,
        terms: { ...type, lessonTypeId: type.id, lateFeeMinor: type.cancelFee.amount },
        createdBy: actor.id,
      },
      this.clock.now(),
    );
    this.em.persist(booking);
    await this.charge(booking, type.name);
    await this.outbox.record(new LessonBooked({ bookingId: booking.id }));
    await this.audit.record({ action: 'booking.booked', subjectId: booking.id, details: booking.auditDetails });
    await this.em.flush();
    return this.diary.entry(booking.id);
  }

  private async charge(booking: Booking, description: string): Promise<void> {
    if (!booking.price.isPositive) return;
    const { id, studentId, price, vatRateBp } = booking;
    await this.charges.record({ studentId, source: 'booking', sourceId: id, description, gross: price, vatRateBp });
  }
}
