import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { TheoryReport } from '../domain/theory-report.js';

/** Names one student of one school to the platform. Our id of the link is his reference there, so asking again makes no second one. */
export interface PlatformLink {
  /** The school's account at the platform. */
  readonly accountRef: string;
  readonly linkId: string;
}

export interface NewPlatformStudent extends PlatformLink {
  readonly email: string;
  readonly name: string;
  readonly language: 'da' | 'en';
}

/** A student as the platform has him. */
export interface PlatformStudent {
  readonly externalRef: string;
  /** Where he makes his login or agrees to be followed; null once he has. A secret of his. */
  readonly activationUrl: string | null;
}

/** Nobody knows, or the platform wants to be asked later. */
export interface AskLater extends Unknown {
  /** At the earliest, in milliseconds. */
  readonly againInMs?: number;
}

export type LinkAnswer = { readonly outcome: 'linked'; readonly student: PlatformStudent } | Rejected | AskLater;
export type UnlinkAnswer = { readonly outcome: 'ended' } | AskLater;
export type ProgressAnswer = { readonly outcome: 'read'; readonly report: TheoryReport | null } | Rejected | AskLater;

/** A page of what is new of all of an account's students, oldest first. */
export interface ReportPage {
  readonly reports: readonly TheoryReport[];
  /** How many of the page could not be understood; they are left out. */
  readonly unreadable: number;
  /** Where the next page begins, also when there is none yet. */
  readonly next: string;
  readonly hasMore: boolean;
}

export type ReportsAnswer =
  | { readonly outcome: 'read'; readonly page: ReportPage }
  /** The platform does not know the place any more: begin anew. */
  | { readonly outcome: 'cursor_gone' }
  | AskLater;

export interface CatalogueLesson {
  readonly lessonRef: string;
  readonly title: string;
}

export interface CatalogueTest {
  readonly testRef: string;
  readonly title: string;
  readonly maxScore: number;
  readonly passScore: number;
}

/** What the platform teaches and asks. */
export interface TheoryCatalogue {
  readonly lessons: readonly CatalogueLesson[];
  readonly tests: readonly CatalogueTest[];
}

export type CatalogueAnswer = { readonly outcome: 'read'; readonly catalogue: TheoryCatalogue } | AskLater;

/**
 * Where students learn the theory by themselves. Every operation may be repeated. None throws for what the other side does or
 * fails to do, and none may be called inside a transaction.
 */
export abstract class TheoryPlatform {
  /** Written into each link. */
  abstract readonly provider: string;

  /** False: the platform is not set up here, and nobody can be linked. */
  abstract readonly isAvailable: boolean;

  /** Creates the student, or finds him by e-mail. A link that was ended stays so: `rejected` with the reason `link_closed`. */
  abstract link(student: NewPlatformStudent): Promise<LinkAnswer>;

  /** What became of a link that was asked for; null when the platform has never heard of it. */
  abstract find(link: PlatformLink): Promise<LinkAnswer | null>;

  /** The student loses what the school paid for. One that the platform has never heard of is ended too: it will not be made later. */
  abstract unlink(link: PlatformLink): Promise<UnlinkAnswer>;

  /** One student; null when he has done nothing yet. */
  abstract progress(link: PlatformLink): Promise<ProgressAnswer>;

  /** What is new since that place; null: from the beginning. */
  abstract reports(accountRef: string, after: string | null): Promise<ReportsAnswer>;

  abstract catalogue(): Promise<CatalogueAnswer>;
}
