import { Module } from '@nestjs/common';
import { BookingsModule } from '../../bookings/index.js';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { InboxController } from './http/inbox.controller.js';
import { ForgetInboxes } from './jobs/forget-inboxes.js';
import { TellInboxes } from './jobs/tell-inboxes.js';
import { InboxPrivacy } from './privacy/inbox-privacy.js';
import { Inbox } from './queries/inbox.js';
import { InboxSubjects } from './queries/inbox-subjects.js';
import { InboxTopic } from './queries/inbox-topic.js';
import { InboxWords } from './queries/inbox-words.js';
import { OwnInbox } from './queries/own-inbox.js';
import { AddToInbox } from './use-cases/add-to-inbox.js';
import { ReadInboxItems } from './use-cases/read-inbox-items.js';

/** What people are told, as their app shows it. */
@Module({
  imports: [BookingsModule, IdentityModule, SchoolsModule],
  controllers: [InboxController],
  providers: [
    AddToInbox,
    ForgetInboxes,
    Inbox,
    InboxPrivacy,
    InboxSubjects,
    InboxTopic,
    InboxWords,
    OwnInbox,
    ReadInboxItems,
    TellInboxes,
  ],
  exports: [AddToInbox],
})
export class InboxModule {}
