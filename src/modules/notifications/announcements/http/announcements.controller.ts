import { Body, Controller, Delete, Get, Post, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import { RateLimit } from '../../../../platform/http/rate-limit/rate-limit.js';
import { LastEventId, ServesEvents } from '../../../../platform/http/sse.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import {
  AnnouncementChanged,
  AnnouncementNotFound,
  AnnouncementNotOpen,
  AnnouncementTextMissing,
  AudienceUnknown,
  NobodyToTell,
  PlaceholderUnknown,
} from '../domain/announcement-problems.js';
import { type AnnouncementPreview, PreviewAnnouncement } from '../queries/announcement-preview.js';
import { AnnouncementReader, type AnnouncementSummary, type AnnouncementView } from '../queries/announcement-reader.js';
import { CancelAnnouncement } from '../use-cases/cancel-announcement.js';
import { ConfirmAnnouncement } from '../use-cases/confirm-announcement.js';
import { DraftAnnouncement } from '../use-cases/draft-announcement.js';
import {
  AnnouncementDto,
  AnnouncementPreviewDto,
  AnnouncementSummaryDto,
  ConfirmAnnouncementDto,
  DraftAnnouncementDto,
  ListAnnouncementsQuery,
} from './announcement.dto.js';
import { draftOf } from './draft-of.js';

const wrongDrafts = [
  new AnnouncementTextMissing('da.sms'),
  new PlaceholderUnknown('da.text', '{{ password }}'),
  new AudienceUnknown('teacherId'),
];

@Controller('v1/schools/:schoolId/announcements')
@ApiTags('Announcements')
@Requires('announcement.manage')
export class AnnouncementsController {
  constructor(
    private readonly drafts: DraftAnnouncement,
    private readonly confirmAnnouncement: ConfirmAnnouncement,
    private readonly cancelAnnouncement: CancelAnnouncement,
    private readonly previews: PreviewAnnouncement,
    private readonly announcements: AnnouncementReader,
  ) {}

  @Post()
  @Operation({
    id: 'draftAnnouncement',
    summary: 'Write an announcement to a group of students',
    description: 'As a draft: nobody is told before it is confirmed.',
    ok: AnnouncementDto,
    status: 201,
    problems: wrongDrafts,
  })
  create(@IdParam('schoolId') _schoolId: Id, @Body() body: DraftAnnouncementDto): Promise<AnnouncementView> {
    return this.drafts.create(draftOf(body));
  }

  @Get()
  @Operation({
    id: 'listAnnouncements',
    summary: 'List the school’s announcements',
    description: 'The newest first. How far each has come: read it.',
    ok: PageOf(AnnouncementSummaryDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ListAnnouncementsQuery): Promise<Page<AnnouncementSummary>> {
    return this.announcements.list(query);
  }

  @Get(':announcementId')
  @Operation({
    id: 'getAnnouncement',
    summary: 'Read an announcement and how far it has come',
    description: 'Each of its messages: list the messages with the announcement as `subjectId`.',
    ok: AnnouncementDto,
    problems: [AnnouncementNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('announcementId') id: Id): Promise<AnnouncementView> {
    return this.announcements.get(id);
  }

  @Put(':announcementId')
  @Conditional()
  @Operation({
    id: 'rewriteAnnouncement',
    summary: 'Write the draft of an announcement anew',
    description: 'All of it. Its version grows, so that a preview of before cannot be confirmed.',
    ok: AnnouncementDto,
    problems: [AnnouncementNotFound, new AnnouncementNotOpen('sending'), ...wrongDrafts],
  })
  change(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('announcementId') id: Id,
    @Body() body: DraftAnnouncementDto,
  ): Promise<AnnouncementView> {
    return this.drafts.change(id, draftOf(body));
  }

  @Delete(':announcementId')
  @Operation({
    id: 'deleteAnnouncement',
    summary: 'Throw the draft of an announcement away',
    description: 'What was confirmed stays; cancel it to stop it.',
    status: 204,
    problems: [AnnouncementNotFound, new AnnouncementNotOpen('sending')],
  })
  delete(@IdParam('schoolId') _schoolId: Id, @IdParam('announcementId') id: Id): Promise<void> {
    return this.drafts.delete(id);
  }

  @Get(':announcementId/preview')
  @RateLimit({ name: 'announcement-preview', points: 60, seconds: 60, by: 'caller' })
  @Operation({
    id: 'previewAnnouncement',
    summary: 'See whom an announcement would reach, at what price, and how it looks',
    description:
      'How many would get it on each channel, and why others would not; the billed parts of all text messages, exactly, with what ' +
      'they are expected to cost; and a sample in both languages. Confirm the `version` it shows.',
    ok: AnnouncementPreviewDto,
    problems: [AnnouncementNotFound],
  })
  preview(@IdParam('schoolId') _schoolId: Id, @IdParam('announcementId') id: Id): Promise<AnnouncementPreview> {
    return this.previews.execute(id);
  }

  @Post(':announcementId/confirm')
  @Operation({
    id: 'confirmAnnouncement',
    summary: 'Send an announcement',
    description: 'Once. Whom it reaches is decided now: who comes later does not get it. The messages follow in turns.',
    ok: AnnouncementDto,
    status: 202,
    problems: [AnnouncementNotFound, new AnnouncementNotOpen('sending'), new AnnouncementChanged(2), NobodyToTell],
  })
  confirm(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('announcementId') id: Id,
    @Body() { version }: ConfirmAnnouncementDto,
  ): Promise<AnnouncementView> {
    return this.confirmAnnouncement.execute(id, version);
  }

  @Post(':announcementId/cancel')
  @Operation({
    id: 'cancelAnnouncement',
    summary: 'Stop an announcement',
    description: 'Also midway. What no provider has yet is dropped, and says why; what is gone is gone.',
    ok: AnnouncementDto,
    problems: [AnnouncementNotFound, new AnnouncementNotOpen('done')],
  })
  cancel(@IdParam('schoolId') _schoolId: Id, @IdParam('announcementId') id: Id): Promise<AnnouncementView> {
    return this.cancelAnnouncement.execute(id);
  }

  @Get(':announcementId/events')
  @ServesEvents()
  @RateLimit({ name: 'announcement-events', points: 30, seconds: 60, by: 'caller' })
  @Operation({
    id: 'followAnnouncement',
    summary: 'Follow how far an announcement has come',
    description:
      'Server-sent events: `progress` with what getAnnouncement answers, each time it changes, and `end` with the state in which ' +
      'nothing more is under way; then the stream closes. Send `Last-Event-ID` to hear nothing twice. The stream closes after a ' +
      'minute in any case; open it again until `end`.',
    file: 'text/event-stream',
    problems: [AnnouncementNotFound],
  })
  follow(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('announcementId') id: Id,
    @LastEventId() lastEventId?: string,
  ): Promise<StreamableFile> {
    return this.announcements.follow(id, lastEventId);
  }
}
