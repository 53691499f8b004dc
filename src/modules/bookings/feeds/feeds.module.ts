import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { CalendarFeedsController } from './http/calendar-feeds.controller.js';
import { CalendarsController } from './http/calendars.controller.js';
import { FeedPrivacy } from './privacy/feed-privacy.js';
import { CalendarEntries } from './queries/calendar-entries.js';
import { CalendarOwners } from './queries/calendar-owners.js';
import { FeedAddresses } from './queries/feed-addresses.js';
import { FeedList } from './queries/feed-list.js';
import { FeedReaders } from './queries/feed-readers.js';
import { LessonEntries } from './queries/lesson-entries.js';
import { ReadCalendar } from './queries/read-calendar.js';
import { CloseCalendarFeed } from './use-cases/close-calendar-feed.js';
import { OpenCalendarFeed } from './use-cases/open-calendar-feed.js';
import { RotateCalendarFeed } from './use-cases/rotate-calendar-feed.js';

/** The diary in people's own calendars. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule],
  controllers: [CalendarFeedsController, CalendarsController],
  providers: [
    CalendarEntries,
    CalendarOwners,
    CloseCalendarFeed,
    FeedAddresses,
    FeedList,
    FeedPrivacy,
    FeedReaders,
    LessonEntries,
    OpenCalendarFeed,
    ReadCalendar,
    RotateCalendarFeed,
  ],
})
export class FeedsModule {}
