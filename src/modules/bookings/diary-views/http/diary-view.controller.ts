import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { LocationNotFound, TeacherNotFound, VehicleNotFound } from '../../../schools/index.js';
import { PrintWeek } from '../print/print-week.js';
import { DiaryView, type DiaryViewed } from '../queries/diary-view.js';
import { DiaryDto, DiaryQuery, WeekDrawingQuery, WeekQuery } from './diary-view.dto.js';

@Controller('v1/schools/:schoolId/diary')
@ApiTags('Diary')
export class DiaryViewController {
  constructor(
    private readonly diary: DiaryView,
    private readonly week: PrintWeek,
  ) {}

  @Get()
  @Requires('diary.read')
  @Operation({
    id: 'getDiary',
    summary: 'Read a day, a week or a month of the diary',
    description:
      'A column for each teacher or vehicle, with its working hours, what is free of them, holes that fit no lesson, and how well they are used; and everything that stands in it, with what is wrong with it by now.',
    ok: DiaryDto,
    problems: [TeacherNotFound, VehicleNotFound, LocationNotFound],
  })
  read(@IdParam('schoolId') _schoolId: Id, @Query() query: DiaryQuery): Promise<DiaryViewed> {
    const { view = 'week', columns = 'teachers', ...rest } = query;
    return this.diary.read({ view, columns, ...rest });
  }

  @Get('week.pdf')
  @Requires('diary.read')
  @Operation({
    id: 'printWeek',
    summary: 'Print a week of the diary',
    description: 'A4 landscape, a page for each teacher, in the caller’s language.',
    file: 'application/pdf',
    problems: [TeacherNotFound],
  })
  async print(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: WeekQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const disposition = 'inline; filename="week.pdf"';
    return new StreamableFile(await this.week.pdf(query, language), { type: 'application/pdf', disposition });
  }

  @Get('week.svg')
  @Requires('diary.read')
  @Operation({
    id: 'drawWeek',
    summary: 'Draw a teacher’s week',
    description: 'The printed page as an image for screens, in the caller’s language.',
    file: 'image/svg+xml',
    problems: [TeacherNotFound],
  })
  async draw(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: WeekDrawingQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const image = Buffer.from(await this.week.svg(query, language));
    return new StreamableFile(image, {
      type: 'image/svg+xml; charset=utf-8',
      disposition: 'inline; filename="week.svg"',
    });
  }
}
