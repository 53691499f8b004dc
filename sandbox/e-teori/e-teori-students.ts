import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { EteoriProblem } from './e-teori-problem.js';

export interface EteoriTest {
  resultId: string;
  testId: string;
  takenAt: string;
  score: number;
  maxScore: number;
  passed: boolean;
}

export interface EteoriReport {
  reference: string;
  studentId: string;
  version: number;
  asOf: string;
  lessonsRead: number;
  lessonsTotal: number;
  activatedAt: string | null;
  completedAt: string | null;
  tests: EteoriTest[];
}

export interface EteoriStudent {
  readonly studentId: string;
  readonly email: string;
  name: string;
  version: number;
  activatedAt: string | null;
  completedAt: string | null;
  readonly lessonsRead: Set<string>;
  readonly tests: EteoriTest[];
}

export interface EteoriLink {
  readonly reference: string;
  readonly accountId: string;
  /** Null: closed before it was made. */
  readonly student: EteoriStudent | null;
  isClosed: boolean;
}

export const CATALOGUE = {
  lessons: Array.from({ length: 8 }, (_, index) => ({
    lessonId: `lektion-${index + 1}`,
    title: `Lektion ${index + 1}`,
  })),
  tests: [1, 2, 3].map((number) => ({
    testId: `proeve-${number}`,
    title: `Teoriprøve ${number}`,
    maxScore: 25,
    passScore: 20,
  })),
};

/** Who learns at e-teori.dk, for which schools, and how far everybody is. */
export class EteoriStudents {
  readonly links = new BoundedMap<string, EteoriLink>();
  private readonly byEmail = new BoundedMap<string, EteoriStudent>();

  constructor(private readonly now: () => Date) {}

  /** True when it was made just now. */
  open(accountId: string, reference: string, { email, name }: { email: string; name: string }): boolean {
    const known = this.links.get(reference);
    if (known?.isClosed) throw new EteoriProblem(410, 'link_closed');
    if (known && (known.student?.email !== email || known.accountId !== accountId))
      throw new EteoriProblem(409, 'reference_in_use');
    if (known) return false;
    if (email.startsWith('refused@')) throw new EteoriProblem(422, 'email_refused');
    if (email.startsWith('elsewhere@')) throw new EteoriProblem(409, 'student_elsewhere');
    this.links.set(reference, { reference, accountId, student: this.studentOf(email, name), isClosed: false });
    return true;
  }

  get(accountId: string, reference: string): EteoriLink & { student: EteoriStudent } {
    const link = this.links.get(reference);
    if (link?.isClosed) throw new EteoriProblem(410, 'link_closed');
    if (!link?.student || link.accountId !== accountId) throw new EteoriProblem(404, 'link_unknown');
    return link as EteoriLink & { student: EteoriStudent };
  }

  /** One that was never made is remembered as closed. */
  close(accountId: string, reference: string): void {
    const link = this.links.get(reference);
    if (link && link.accountId !== accountId) throw new EteoriProblem(404, 'link_unknown');
    if (link) link.isClosed = true;
    else this.links.set(reference, { reference, accountId, student: null, isClosed: true });
  }

  /** Somebody who came by himself, before any school. */
  studentOf(email: string, name: string): EteoriStudent {
    const known = this.byEmail.get(email);
    if (known) return known;
    const nothingYet = { version: 0, activatedAt: null, completedAt: null, lessonsRead: new Set<string>(), tests: [] };
    const student: EteoriStudent = { studentId: `et_${randomUUID()}`, email, name, ...nothingYet };
    this.byEmail.set(email, student);
    return student;
  }

  activate(student: EteoriStudent): void {
    student.activatedAt ??= this.stamp();
    student.version += 1;
  }

  /** The next one he has not read; he is through with the last. */
  readLesson(student: EteoriStudent): void {
    const next = CATALOGUE.lessons.find(({ lessonId }) => !student.lessonsRead.has(lessonId));
    if (next) student.lessonsRead.add(next.lessonId);
    if (student.lessonsRead.size === CATALOGUE.lessons.length) student.completedAt ??= this.stamp();
    student.version += 1;
  }

  takeTest(student: EteoriStudent, score: number): void {
    const { testId, maxScore, passScore } = CATALOGUE.tests[student.tests.length % CATALOGUE.tests.length]!;
    const takenAt = this.stamp();
    student.tests.push({ resultId: `r_${randomUUID()}`, testId, takenAt, score, maxScore, passed: score >= passScore });
    student.version += 1;
  }

  /** Of every school that pays for him. */
  linksOf(student: EteoriStudent): EteoriLink[] {
    return [...this.links.values()].filter((link) => link.student === student && !link.isClosed);
  }

  report({ reference, student }: EteoriLink): EteoriReport | null {
    if (!student || student.version === 0) return null;
    const { studentId, version, activatedAt, completedAt, lessonsRead, tests } = student;
    const lessons = { lessonsRead: lessonsRead.size, lessonsTotal: CATALOGUE.lessons.length };
    const newest = tests.slice(-200);
    return { reference, studentId, version, asOf: this.stamp(), ...lessons, activatedAt, completedAt, tests: newest };
  }

  clear(): void {
    this.links.clear();
    this.byEmail.clear();
  }

  private stamp(): string {
    return this.now().toISOString();
  }
}
