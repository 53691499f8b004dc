import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { LessonTypeNotFound } from '../../../schools/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { StaffBooksThis, StudentMayNotBook, StudentRequired, UnknownReference } from '../../domain/errors.js';
import { EntryClosed, EntryNotFound, WishedDatesInvalid, WishedTimesInvalid } from '../domain/waiting-list-problems.js';
import { type EntryView, WaitingListReader } from '../queries/waiting-list-reader.js';
import { type SettingsView, WaitingListSettingsReader } from '../queries/waiting-list-settings-reader.js';
import { ConfigureWaitingList } from '../use-cases/configure-waiting-list.js';
import { JoinWaitingList } from '../use-cases/join-waiting-list.js';
import { LeaveWaitingList } from '../use-cases/leave-waiting-list.js';
import { EntryListQuery, WaitForTimeDto, WaitingListEntryDto, WaitingListSettingsDto } from './waiting-list.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Waiting list')
export class WaitingListController {
  constructor(
    private readonly join: JoinWaitingList,
    private readonly leave: LeaveWaitingList,
    private readonly configure: ConfigureWaitingList,
    private readonly entries: WaitingListReader,
    private readonly settings: WaitingListSettingsReader,
  ) {}

  @Post('waiting-list')
  @Requires('waiting_list.join')
  @Operation({
    id: 'joinWaitingList',
    summary: 'Wait for a time',
    description:
      'When a lesson is cancelled or moved away, its time is offered to those who wait for it, longest first, by SMS and e-mail with a link. The first who accepts has it; the others wait on.',
    ok: WaitingListEntryDto,
    status: 201,
    problems: [
      StaffBooksThis,
      StudentNotFound,
      LessonTypeNotFound,
      StudentMayNotBook,
      StudentRequired,
      new UnknownReference('teacherId'),
      WishedDatesInvalid,
      WishedTimesInvalid,
    ],
  })
  joinWaitingList(@CurrentActor() actor: Actor, @Body() body: WaitForTimeDto): Promise<EntryView> {
    return this.join.execute(actor, body);
  }

  @Get('waiting-list')
  @Requires('waiting_list.read')
  @Operation({
    id: 'listWaitingList',
    summary: 'Read the waiting list',
    description:
      'In the order in which they are asked: for staff the school’s, for students their own, for guardians their wards’.',
    ok: PageOf(WaitingListEntryDto),
    problems: [StudentNotFound],
  })
  listWaitingList(@CurrentActor() actor: Actor, @Query() query: EntryListQuery): Promise<Page<EntryView>> {
    return this.entries.list(actor, query);
  }

  @Get('waiting-list/:entryId')
  @Requires('waiting_list.read')
  @Operation({
    id: 'getWaitingListEntry',
    summary: 'Read one place on the waiting list',
    description: 'Staff see all of the school’s, students their own.',
    ok: WaitingListEntryDto,
    problems: [EntryNotFound],
  })
  getWaitingListEntry(@CurrentActor() actor: Actor, @IdParam('entryId') entryId: Id): Promise<EntryView> {
    return this.entries.get(actor, entryId);
  }

  @Post('waiting-list/:entryId/withdraw')
  @Requires('waiting_list.join')
  @AlwaysAdmitted('it gives up what one has')
  @Operation({
    id: 'leaveWaitingList',
    summary: 'Wait no longer',
    description: 'Offers that the student got from this place do not stand any more.',
    ok: WaitingListEntryDto,
    problems: [EntryNotFound, new EntryClosed('withdrawn')],
  })
  leaveWaitingList(@CurrentActor() actor: Actor, @IdParam('entryId') entryId: Id): Promise<EntryView> {
    return this.leave.execute(actor, entryId);
  }

  @Get('waiting-list-settings')
  @Requires('waiting_list.configure')
  @Operation({
    id: 'getWaitingListSettings',
    summary: 'See what happens to times that become free',
    description: 'What is usual, until the school says otherwise: offered by themselves, to three students at a time.',
    ok: WaitingListSettingsDto,
  })
  getWaitingListSettings(): Promise<SettingsView> {
    return this.settings.get();
  }

  @Put('waiting-list-settings')
  @Conditional()
  @Requires('waiting_list.configure')
  @Operation({
    id: 'setWaitingListSettings',
    summary: 'Say what happens to times that become free',
    description: 'Counts for times that become free from now on; offers that stand stay as they are.',
    ok: WaitingListSettingsDto,
  })
  setWaitingListSettings(@Body() body: WaitingListSettingsDto): Promise<SettingsView> {
    return this.configure.execute(body);
  }
}
