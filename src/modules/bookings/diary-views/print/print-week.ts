import { Injectable } from '@nestjs/common';
import type { Language } from '../../../../platform/http/language.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import { standsIn } from '../domain/diary-column.js';
import { DiaryView } from '../queries/diary-view.js';
import { drawPdf, pdfMeasure } from './draw-pdf.js';
import { drawSvg } from './draw-svg.js';
import type { Drawing } from './drawing.js';
import { weekPage } from './week-page.js';
import { weekWords } from './week-words.js';

export interface WeekAsked {
  readonly date?: LocalDate;
  readonly teacherId?: Id;
}

/** The week on paper: a page for each teacher who works or has something in the diary. */
@Injectable()
export class PrintWeek {
  constructor(
    private readonly diary: DiaryView,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** @throws TeacherNotFound */
  async pdf(asked: WeekAsked, language: Language): Promise<Buffer> {
    return drawPdf(await this.pages(asked, language), { lang: language, at: this.clock.now() });
  }

  /** @throws TeacherNotFound */
  async svg(asked: Required<Pick<WeekAsked, 'teacherId'>> & WeekAsked, language: Language): Promise<string> {
    const [page] = await this.pages(asked, language);
    return drawSvg(page!);
  }

  private async pages({ date, teacherId }: WeekAsked, language: Language): Promise<Drawing[]> {
    const [school, { columns, entries, zone }] = await Promise.all([
      this.scheduling.school(),
      this.diary.read({ view: 'week', columns: 'teachers', ...(date && { date }), ...(teacherId && { teacherId }) }),
    ]);
    const busy = columns.filter(({ workingMinutes, claimedMinutes }) => workingMinutes + claimedMinutes > 0);
    // A week in which nobody works is a page that says so.
    const shown = busy.length > 0 ? busy : columns.slice(0, 1);
    const measure = await pdfMeasure();
    return shown.map((column, index) => {
      const items = entries.filter((item) => standsIn(item, 'teachers').includes(column.id));
      const pages = { page: index + 1, pages: shown.length };
      return weekPage({ school: school.name, zone, column, items, words: weekWords[language], ...pages }, measure);
    });
  }
}
