import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { OwnTransactions } from '../../../../platform/http/idempotency/own-transactions.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { BookingChanged, InThePast, RangeInvalid, TooFarAhead, UnknownReference } from '../../domain/errors.js';
import {
  ExamClosed,
  ExamNotFound,
  ExamNotStarted,
  ExamPlannedAlready,
  ExamTimeTaken,
  InvalidExam,
  RetryTooSoon,
} from '../domain/exam-problems.js';
import type { ExamView } from '../queries/exam-reader.js';
import { OwnExams } from '../queries/own-exams.js';
import { CancelExam } from '../use-cases/cancel-exam.js';
import { MoveExam } from '../use-cases/move-exam.js';
import { PlanExam } from '../use-cases/plan-exam.js';
import { ReportExam } from '../use-cases/report-exam.js';
import { UpdateExam } from '../use-cases/update-exam.js';
import {
  CancelExamDto,
  ExamDto,
  ExamListQuery,
  MoveExamDto,
  PlanExamDto,
  ReportExamDto,
  UpdateExamDto,
} from './exam.dto.js';

const closed = new ExamClosed('cancelled');
const changed = new BookingChanged(undefined);
const invalid = new InvalidExam([]);
const notPlaced = [
  new ExamTimeTaken(['teacher']),
  new RetryTooSoon('2026-12-08'),
  InThePast,
  TooFarAhead,
  new UnknownReference('teacherId'),
  invalid,
];

@Controller('v1/schools/:schoolId/exams')
@ApiTags('Exams')
@OwnTransactions('they say what is in the way after the transaction that met it')
export class ExamsController {
  constructor(
    private readonly planExam: PlanExam,
    private readonly moveExam: MoveExam,
    private readonly cancelExam: CancelExam,
    private readonly reportExam: ReportExam,
    private readonly updateExam: UpdateExam,
    private readonly exams: OwnExams,
  ) {}

  @Post()
  @Requires('exam.manage')
  @Operation({
    id: 'planExam',
    summary: 'Write an exam into the diary',
    description:
      'It takes the student’s time, a practical one also its teacher’s and vehicle’s with the way there and back: `exam.slot_taken` says in `busy` who has something else then. Working hours and time off are not asked: the authorities set the time.',
    ok: ExamDto,
    status: 201,
    problems: [StudentNotFound, ExamPlannedAlready, ...notPlaced],
  })
  plan(@CurrentActor() actor: Actor, @Body() body: PlanExamDto): Promise<ExamView> {
    return this.planExam.execute(actor, body);
  }

  @Get()
  @Requires('exam.read')
  @Operation({
    id: 'listExams',
    summary: 'List exams, in order of time',
    description: 'For staff the school’s, for students their own, for guardians their wards’.',
    ok: PageOf(ExamDto),
    problems: [StudentNotFound, new RangeInvalid(366)],
  })
  list(@CurrentActor() actor: Actor, @Query() query: ExamListQuery): Promise<Page<ExamView>> {
    return this.exams.list(actor, query);
  }

  @Get(':examId')
  @Requires('exam.read')
  @Operation({
    id: 'getExam',
    summary: 'Read an exam',
    description: 'Staff see every exam of the school, students their own.',
    ok: ExamDto,
    problems: [ExamNotFound],
  })
  get(@CurrentActor() actor: Actor, @IdParam('examId') examId: Id): Promise<ExamView> {
    return this.exams.get(actor, examId);
  }

  @Patch(':examId')
  @Conditional()
  @Requires('exam.manage')
  @Operation({
    id: 'updateExam',
    summary: 'Change what is known about an exam',
    description: 'Its place, its fee and whether that is paid, and what is to be remembered. Fields left out stay.',
    ok: ExamDto,
    problems: [ExamNotFound, invalid],
  })
  update(@IdParam('examId') examId: Id, @Body() body: UpdateExamDto): Promise<ExamView> {
    return this.updateExam.execute(examId, body);
  }

  @Post(':examId/move')
  @Requires('exam.manage')
  @Operation({
    id: 'moveExam',
    summary: 'Move an exam to another time, place, teacher or vehicle',
    description: 'What is left out stays. The deadline for cancelling it is counted from the new time.',
    ok: ExamDto,
    problems: [ExamNotFound, closed, changed, ...notPlaced],
  })
  move(@CurrentActor() actor: Actor, @IdParam('examId') examId: Id, @Body() body: MoveExamDto): Promise<ExamView> {
    return this.moveExam.execute(actor, examId, body);
  }

  @Post(':examId/cancel')
  @Requires('exam.manage')
  @AlwaysAdmitted('what was planned is called off')
  @Operation({
    id: 'cancelExam',
    summary: 'Cancel an exam',
    description:
      'Its time is free again. `cancelledInTime` says whether the authorities still take nothing for it; cancelling it with them, and their fee, stay the school’s to do.',
    ok: ExamDto,
    problems: [ExamNotFound, closed, changed],
  })
  cancel(@IdParam('examId') examId: Id, @Body() { reason }: CancelExamDto): Promise<ExamView> {
    return this.cancelExam.execute(examId, reason);
  }

  @Post(':examId/result')
  @Requires('exam.manage')
  @Operation({
    id: 'reportExam',
    summary: 'Write down how an exam went',
    description: 'Once it has begun; a second time puts the first right. After a failed one the next has to wait.',
    ok: ExamDto,
    problems: [ExamNotFound, closed, new ExamNotStarted(), changed],
  })
  report(@IdParam('examId') examId: Id, @Body() body: ReportExamDto): Promise<ExamView> {
    return this.reportExam.execute(examId, body);
  }
}
