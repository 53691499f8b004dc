import {
  Conflict,
  type FieldProblem,
  Forbidden,
  NotFound,
  type Texts,
  Unprocessable,
} from '../../../../platform/http/problem.js';
import type { Id } from '../../../../platform/values/id.js';
import type { CourseState } from './course-state.js';

/** 404 `course_plan.not_found` */
export class CoursePlanNotFound extends NotFound {
  constructor() {
    super('course_plan.not_found', {
      en: 'There is no such course plan. List the plans to see which there are.',
      da: 'Forløbsplanen findes ikke. Hent listen over planer for at se, hvilke der er.',
    });
  }
}

/** 404 `course.not_found`: also a course that is still being planned, to whoever does not work for the school. */
export class CourseNotFound extends NotFound {
  constructor() {
    super('course.not_found', {
      en: 'There is no such course. List the courses to see which there are.',
      da: 'Holdet findes ikke. Hent listen over hold for at se, hvilke der er.',
    });
  }
}

/** 404 `class.not_found` */
export class ClassNotFound extends NotFound {
  constructor() {
    super('class.not_found', {
      en: 'There is no such class. List the classes of the course to see which there are.',
      da: 'Undervisningsgangen findes ikke. Hent holdets undervisningsgange for at se, hvilke der er.',
    });
  }
}

/** 404 `course.enrolment_not_found`: no such enrolment here, or another student's. */
export class EnrolmentNotFound extends NotFound {
  constructor() {
    super('course.enrolment_not_found', {
      en: 'There is no such enrolment. List the enrolments to see which there are.',
      da: 'Tilmeldingen findes ikke. Hent listen over tilmeldinger for at se, hvilke der er.',
    });
  }
}

/** 404 `course.waiter_not_found`: no such place on a waiting list, or another student's. */
export class WaiterNotFound extends NotFound {
  constructor() {
    super('course.waiter_not_found', {
      en: 'There is no such place on a waiting list. List them to see which there are.',
      da: 'Pladsen på ventelisten findes ikke. Hent ventelisten for at se, hvilke der er.',
    });
  }
}

/** 404 `class.attendance_not_found`: no such attendance, or another student's. */
export class AttendanceNotFound extends NotFound {
  constructor() {
    super('class.attendance_not_found', {
      en: 'There is no such attendance. List those of the class to see which there are.',
      da: 'Deltagelsen findes ikke. Hent undervisningsgangens deltagere for at se, hvilke der er.',
    });
  }
}

/** 422 `course_plan.invalid`: names every wrong field. */
export class InvalidCoursePlan extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('course_plan.invalid', {
      en: 'The course plan is not valid. Mend the fields named below.',
      da: 'Forløbsplanen er ikke gyldig. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

/** 422 `course.invalid`: names every wrong field. */
export class InvalidCourse extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('course.invalid', {
      en: 'The course is not valid. Mend the fields named below.',
      da: 'Holdet er ikke gyldigt. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

/** 422 `course.unknown_reference`: not one of the school's that can be used here. */
export class UnknownCourseReference extends Unprocessable {
  constructor(field: 'planId' | 'teacherId' | 'roomId' | 'studentId' | 'courseId') {
    super(
      'course.unknown_reference',
      {
        en: 'The school has none with this id that can be used here. List what it has, and choose one that is active.',
        da: 'Skolen har ingen med dette id, der kan bruges her. Hent listen, og vælg en, der er aktiv.',
      },
      { field },
    );
  }
}

/** What is in the way of one session. */
export type SessionHindrance = 'teacher' | 'teacher_off' | 'travel' | 'room' | 'past' | 'overlaps';

export interface SessionCollision {
  /** Of the session within the course. */
  readonly number: number;
  readonly startsAt: Date;
  readonly hindrances: readonly SessionHindrance[];
}

/** 409 `course.sessions_collide`: says which dates, and what is busy then. */
export class SessionsCollide extends Conflict {
  constructor(collisions: readonly SessionCollision[], field = 'startsOn') {
    super(
      'course.sessions_collide',
      {
        en: 'Teacher or room are not free, or the teacher’s way is too long, at some of the times; they are named in collisions. Choose other times, another teacher or another room.',
        da: 'Lærer eller lokale er ikke ledige, eller lærerens vej er for lang, på nogle af tidspunkterne; de står i collisions. Vælg andre tider, en anden lærer eller et andet lokale.',
      },
      { field, extra: { collisions } },
    );
  }
}

const stateTexts: Record<CourseState, Texts> = {
  draft: {
    en: 'The course is still being planned. Open it first.',
    da: 'Holdet er stadig under planlægning. Åbn det først.',
  },
  open: {
    en: 'The course is open already. Enrol students, or close it.',
    da: 'Holdet er allerede åbent. Tilmeld elever, eller luk det.',
  },
  closed: {
    en: 'The course takes no more students. The office can open it again.',
    da: 'Holdet tager ikke flere elever. Kontoret kan åbne det igen.',
  },
  completed: {
    en: 'The course has been completed. Choose another.',
    da: 'Holdet er afsluttet. Vælg et andet.',
  },
  cancelled: { en: 'The course has been cancelled. Choose another.', da: 'Holdet er aflyst. Vælg et andet.' },
};

/** 409 `course.closed`: not possible in the state that the course is in. */
export class CourseClosed extends Conflict {
  constructor(state: CourseState) {
    super('course.closed', stateTexts[state], { extra: { state } });
  }
}

/** 409 `course.not_over`: completed is what has been taught to its end. */
export class CourseNotOver extends Conflict {
  constructor() {
    super('course.not_over', {
      en: 'There are classes still to come. Complete the course after the last one, or cancel those first.',
      da: 'Der er stadig undervisning tilbage. Afslut holdet efter den sidste gang, eller aflys dem først.',
    });
  }
}

/** 409 `course.changed`: others keep changing the same course. */
export class CourseChanged extends Conflict {
  constructor(cause: unknown) {
    super(
      'course.changed',
      { en: 'Somebody else is changing the course. Try again.', da: 'En anden er ved at ændre holdet. Prøv igen.' },
      { cause },
    );
  }
}

/** 409 `course.full` */
export class CourseFull extends Conflict {
  constructor() {
    super('course.full', {
      en: 'The course is full. Join its waiting list, or choose another course.',
      da: 'Holdet er fuldt. Skriv dig på ventelisten, eller vælg et andet hold.',
    });
  }
}

/** 409 `course.seats_free`: nobody has to wait. */
export class SeatsFree extends Conflict {
  constructor() {
    super('course.seats_free', {
      en: 'There are free seats. Enrol instead of waiting.',
      da: 'Der er ledige pladser. Tilmeld i stedet for at vente.',
    });
  }
}

/** 409 `course.already_enrolled` */
export class AlreadyEnrolled extends Conflict {
  constructor() {
    super(
      'course.already_enrolled',
      {
        en: 'The student has a seat on this course already. Read his enrolments.',
        da: 'Eleven har allerede en plads på holdet. Se elevens tilmeldinger.',
      },
      { field: 'studentId' },
    );
  }
}

/** 409 `course.already_waiting` */
export class AlreadyWaiting extends Conflict {
  constructor() {
    super(
      'course.already_waiting',
      {
        en: 'The student is on the waiting list already. Read it to see where.',
        da: 'Eleven står allerede på ventelisten. Se den for at se hvor.',
      },
      { field: 'studentId' },
    );
  }
}

/** A session that a student cannot be at. */
export interface MissedSession {
  readonly sessionId: Id;
  readonly number: number;
  readonly startsAt: Date;
  /** `busy`: the student has something else then. `full`: guests have the last seats. */
  readonly reason: 'busy' | 'full';
}

/** 409 `course.student_busy`: says at which of its times; never what else the student has. */
export class StudentBusy extends Conflict {
  constructor(sessions: readonly MissedSession[]) {
    super(
      'course.student_busy',
      {
        en: 'The student cannot be at some of the classes; they are named in sessions. Move what is in the way, or let the school excuse those.',
        da: 'Eleven kan ikke være med alle gange; de står i sessions. Flyt det, der er i vejen, eller lad skolen fritage for dem.',
      },
      { extra: { sessions } },
    );
  }
}

/** 409 `class.students_busy`: says who could not come at the new time. */
export class StudentsBusy extends Conflict {
  constructor(studentIds: readonly Id[]) {
    super(
      'class.students_busy',
      {
        en: 'Some students have something else at that time; they are named in studentIds. Choose another time, or excuse them with excuseBusy.',
        da: 'Nogle elever har andet på det tidspunkt; de står i studentIds. Vælg en anden tid, eller fritag dem med excuseBusy.',
      },
      { field: 'startsAt', extra: { studentIds } },
    );
  }
}

/** 403 `course.staff_only` */
export class StaffEnrols extends Forbidden {
  constructor() {
    super('course.staff_only', {
      en: 'The school does this for its students. Ask it.',
      da: 'Det gør køreskolen for sine elever. Spørg den.',
    });
  }
}

/** 403 `class.not_yours` */
export class NotYourClass extends Forbidden {
  constructor() {
    super('class.not_yours', {
      en: 'Only the teacher of the class or the office may do this. Ask one of them.',
      da: 'Kun undervisningens lærer eller kontoret kan gøre dette. Spørg en af dem.',
    });
  }
}

/** 409 `course.student_not_active`: paused, finished or left. */
export class StudentMayNotEnrol extends Conflict {
  constructor() {
    super('course.student_not_active', {
      en: 'The student cannot be enrolled at present. The office can see and change the student’s status.',
      da: 'Eleven kan ikke tilmeldes i øjeblikket. Kontoret kan se og ændre elevens status.',
    });
  }
}

/** 422 `course.student_required` */
export class CourseStudentRequired extends Unprocessable {
  constructor() {
    super(
      'course.student_required',
      { en: 'Say which student it is for.', da: 'Angiv hvilken elev det gælder.' },
      { field: 'studentId' },
    );
  }
}

/** 409 `course.capacity_taken`: more have a seat than there would be. */
export class CapacityTaken extends Conflict {
  constructor(seats: number) {
    super(
      'course.capacity_taken',
      {
        en: `${seats} seats are taken. Move or withdraw students first, or choose a higher number.`,
        da: `${seats} pladser er optaget. Flyt eller frameld elever først, eller vælg et højere tal.`,
      },
      { field: 'capacity', extra: { seats } },
    );
  }
}

/** 409 `course.enrolment_ended` */
export class EnrolmentEnded extends Conflict {
  constructor() {
    super('course.enrolment_ended', {
      en: 'The enrolment has ended already. Enrol anew.',
      da: 'Tilmeldingen er allerede ophørt. Tilmeld på ny.',
    });
  }
}

/** 409 `course.begun`: students leave a course by themselves until it begins. */
export class CourseBegun extends Conflict {
  constructor() {
    super('course.begun', {
      en: 'The course has begun. Ask the school.',
      da: 'Holdet er begyndt. Spørg køreskolen.',
    });
  }
}

/** 409 `course.no_offer` */
export class NoOfferOpen extends Conflict {
  constructor() {
    super('course.no_offer', {
      en: 'No seat is offered, or no longer. Read the waiting list; join it again to wait for the next one.',
      da: 'Der er ikke tilbudt en plads, eller ikke længere. Se ventelisten; skriv dig på igen for at vente på den næste.',
    });
  }
}

/** 409 `class.cancelled` */
export class ClassIsCancelled extends Conflict {
  constructor() {
    super('class.cancelled', {
      en: 'The class has been cancelled. List the course’s other classes.',
      da: 'Undervisningsgangen er aflyst. Hent holdets øvrige gange.',
    });
  }
}

/** 409 `class.already_started` */
export class ClassStarted extends Conflict {
  constructor() {
    super('class.already_started', {
      en: 'The class has already started. Choose one that is still to come.',
      da: 'Undervisningen er allerede begyndt. Vælg en gang, der ikke er begyndt.',
    });
  }
}

/** 409 `class.not_started`: who came is said once it has begun. */
export class ClassNotStarted extends Conflict {
  constructor() {
    super('class.not_started', {
      en: 'The class has not started yet. Only excused and expected can be said before.',
      da: 'Undervisningen er ikke begyndt endnu. Før den kan man kun melde excused og expected.',
    });
  }
}

/** 409 `class.full` */
export class ClassFull extends Conflict {
  constructor() {
    super('class.full', {
      en: 'There is no free seat in this class. Choose another of the same topic.',
      da: 'Der er ingen ledig plads i denne undervisningsgang. Vælg en anden med samme emne.',
    });
  }
}

/** 409 `class.nothing_to_catch_up` */
export class NothingToCatchUp extends Conflict {
  constructor() {
    super('class.nothing_to_catch_up', {
      en: 'The student has missed no class of this topic, or has caught it up already. Choose a class of a topic that was missed.',
      da: 'Eleven mangler ingen undervisning i dette emne eller har allerede indhentet den. Vælg en gang med et emne, eleven mangler.',
    });
  }
}

/** 409 `class.not_a_guest`: whoever belongs to the course is excused, not taken off. */
export class NotAGuest extends Conflict {
  constructor() {
    super('class.not_a_guest', {
      en: 'The student belongs to this course. Excuse him instead, or withdraw him from the course.',
      da: 'Eleven hører til holdet. Meld fritaget i stedet, eller frameld eleven fra holdet.',
    });
  }
}

/** 422 `course.same_course` */
export class SameCourse extends Unprocessable {
  constructor() {
    super(
      'course.same_course',
      { en: 'The student is on this course. Choose another.', da: 'Eleven er på dette hold. Vælg et andet.' },
      { field: 'courseId' },
    );
  }
}
