import { Conflict, type FieldProblem, NotFound, type Texts, Unprocessable } from '../../../../platform/http/problem.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { Hindrance } from '../../domain/calendar/hindrances.js';
import type { ExamState } from './exam-state.js';

/** 404 `exam.not_found`: no such exam here, or not one the caller may see. */
export class ExamNotFound extends NotFound {
  constructor() {
    super('exam.not_found', {
      en: 'There is no such exam. List the exams to see which there are.',
      da: 'Prøven findes ikke. Hent listen over prøver for at se, hvilke der er.',
    });
  }
}

const closedTexts: Record<ExamState, Texts> = {
  planned: { en: 'The exam is planned. Read it to see when.', da: 'Prøven er planlagt. Læs den for at se hvornår.' },
  passed: { en: 'The student passed the exam. Plan another.', da: 'Prøven er bestået. Planlæg en anden.' },
  failed: { en: 'The student failed the exam. Plan another.', da: 'Prøven er ikke bestået. Planlæg en ny.' },
  no_show: { en: 'The student stayed away. Plan another exam.', da: 'Eleven udeblev. Planlæg en ny prøve.' },
  cancelled: { en: 'The exam has been cancelled. Plan another.', da: 'Prøven er aflyst. Planlæg en ny.' },
};

/** 409 `exam.closed`: the exam is in a state from which this is not possible. */
export class ExamClosed extends Conflict {
  constructor(state: ExamState) {
    super('exam.closed', closedTexts[state], { extra: { state } });
  }
}

const busyTexts: Readonly<Partial<Record<Hindrance, Texts>>> = {
  teacher: {
    en: 'The teacher is busy at that time. Move what is there, or name another teacher.',
    da: 'Kørelæreren er optaget på det tidspunkt. Flyt det, der er, eller angiv en anden kørelærer.',
  },
  vehicle: {
    en: 'The vehicle is busy at that time. Move what is there, or name another vehicle.',
    da: 'Bilen er optaget på det tidspunkt. Flyt det, der er, eller angiv en anden bil.',
  },
};

const studentBusy: Texts = {
  en: 'The student is busy at that time. Move what is there first, or choose another time.',
  da: 'Eleven er optaget på det tidspunkt. Flyt først det, der er, eller vælg et andet tidspunkt.',
};

/** 409 `exam.slot_taken`: says in `busy` which of teacher, student and vehicle has something else then. */
export class ExamTimeTaken extends Conflict {
  constructor(busy: readonly Hindrance[]) {
    super('exam.slot_taken', (busy[0] && busyTexts[busy[0]]) ?? studentBusy, { field: 'startsAt', extra: { busy } });
  }
}

/** 409 `exam.planned_already`: of one kind and class a student has one exam ahead at a time. */
export class ExamPlannedAlready extends Conflict {
  constructor() {
    super('exam.planned_already', {
      en: 'The student has such an exam ahead already. Move that one, or write down its result first.',
      da: 'Eleven har allerede sådan en prøve foran sig. Flyt den, eller skriv først resultatet af den.',
    });
  }
}

/** 409 `exam.retry_wait`: too soon after a failed one; `earliest` is the first date that is possible. */
export class RetryTooSoon extends Conflict {
  constructor(earliest: LocalDate) {
    super(
      'exam.retry_wait',
      {
        en: `After a failed exam the next one is possible from ${earliest} on. Choose a time then or later.`,
        da: `Efter en dumpet prøve er den næste mulig fra og med ${earliest}. Vælg et tidspunkt da eller senere.`,
      },
      { field: 'startsAt', extra: { earliest } },
    );
  }
}

/** 409 `exam.not_started`: a result is written down once the exam has begun. */
export class ExamNotStarted extends Conflict {
  constructor() {
    super('exam.not_started', {
      en: 'The exam has not begun yet. Write its result down once it has, or cancel it.',
      da: 'Prøven er ikke begyndt endnu. Skriv resultatet, når den er, eller aflys den.',
    });
  }
}

/** Names every wrong field of the exam. */
export class InvalidExam extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('exam.invalid', {
      en: 'The exam is not valid. Mend the fields named below.',
      da: 'Prøven er ikke gyldig. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}

/** Names every wrong field of the settings. */
export class InvalidExamSettings extends Unprocessable {
  override readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super('exam.invalid_settings', {
      en: 'The settings are not valid. Mend the fields named below.',
      da: 'Indstillingerne er ikke gyldige. Ret felterne nævnt nedenfor.',
    });
    this.fields = fields;
  }
}
