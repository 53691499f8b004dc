import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { BillingModule } from '../billing/index.js';
import { BookingsModule } from '../bookings/index.js';
import { EducationModule } from '../education/index.js';
import { FinanceModule } from '../finance/index.js';
import { IdentityModule } from '../identity/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { choiceControllers, choiceProviders } from './choices/choices.providers.js';
import { announcementProviders } from './announcements/announcements.providers.js';
import { AnnouncementsController } from './announcements/http/announcements.controller.js';
import { LeadComposer } from './composing/lead-composer.js';
import { AlertComposer } from './composing/alert-composer.js';
import { AccountComposer } from './composing/account-composer.js';
import { CourseComposer } from './composing/course-composer.js';
import { DigestComposer } from './composing/digest-composer.js';
import { DocumentComposer } from './composing/document-composer.js';
import { TheoryComposer } from './composing/theory-composer.js';
import { WaitingComposer } from './composing/waiting-composer.js';
import { WelcomeComposer } from './composing/welcome-composer.js';
import { DocumentMessages } from './jobs/document-messages.js';
import { TheoryMessages } from './jobs/theory-messages.js';
import { WaitingMessages } from './jobs/waiting-messages.js';
import { ExamComposer } from './composing/exam-composer.js';
import { LessonComposer } from './composing/lesson-composer.js';
import { LessonsComposer } from './composing/lessons-composer.js';
import { MailLogos } from './composing/mail-logos.js';
import { MessageComposer } from './composing/message-composer.js';
import { MoneyComposer } from './composing/money-composer.js';
import { OfferComposer } from './composing/offer-composer.js';
import { InvoiceMailingsController } from './http/invoice-mailings.controller.js';
import { ReminderComposer } from './composing/reminder-composer.js';
import { SubscriptionComposer } from './composing/subscription-composer.js';
import { UpcomingComposer } from './composing/upcoming-composer.js';
import { InboxModule } from './inbox/inbox.module.js';
import { MessagesController } from './http/messages.controller.js';
import { DeadLettersSchedule } from './jobs/dead-letters.schedule.js';
import { DifferencesSchedule } from './jobs/differences.schedule.js';
import { LeadMessages } from './jobs/lead-messages.js';
import { AlertMessages } from './jobs/alert-messages.js';
import { AccountMessages } from './jobs/account-messages.js';
import { CourseMessages } from './jobs/course-messages.js';
import { ExamMessages } from './jobs/exam-messages.js';
import { LessonMessages } from './jobs/lesson-messages.js';
import { LessonsMessages } from './jobs/lessons-messages.js';
import { MessageDelivery } from './jobs/message-delivery.js';
import { MoneyMessages } from './jobs/money-messages.js';
import { RemoveSuppressions } from './jobs/remove-suppressions.js';
import { OfferMessages } from './jobs/offer-messages.js';
import { SubscriptionMessages } from './jobs/subscription-messages.js';
import { RemindersSchedule } from './jobs/reminders.schedule.js';
import { TeacherDigestsSchedule } from './jobs/teacher-digests.schedule.js';
import { NotificationsConfig } from './notifications.config.js';
import { MessageTextsController } from './own-texts/http/message-texts.controller.js';
import { OwnTextAudit } from './own-texts/queries/own-text-audit.js';
import { OwnTexts } from './own-texts/queries/own-texts.js';
import { PreviewMessageText } from './own-texts/use-cases/preview-message-text.js';
import { ReadMessageTexts } from './own-texts/use-cases/read-message-texts.js';
import { TextsInUse } from './own-texts/use-cases/texts-in-use.js';
import { WriteMessageText } from './own-texts/use-cases/write-message-text.js';
import { MessagePrivacy } from './privacy/message-privacy.js';
import { DueDigests } from './queries/due-digests.js';
import { DueReminders } from './queries/due-reminders.js';
import { MessagesIntegration } from './queries/messages-integration.js';
import { MessageAudit } from './queries/message-audit.js';
import { LastTold } from './queries/last-told.js';
import { NearerReminders } from './queries/nearer-reminders.js';
import { ReminderLooks } from './queries/reminder-looks.js';
import { MessageLog } from './queries/message-log.js';
import { Obstacles } from './queries/obstacles.js';
import { MessageUsageController } from './usage/http/message-usage.controller.js';
import { MessageUsage } from './usage/queries/message-usage.js';
import { EmailChannel } from './use-cases/email-channel.js';
import { MarkAddress } from './use-cases/mark-address.js';
import { ResendInvoice } from './use-cases/resend-invoice.js';
import { QueueDigests } from './use-cases/queue-digests.js';
import { QueueDocumentMessages } from './use-cases/queue-document-messages.js';
import { QueueMessages } from './use-cases/queue-messages.js';
import { QueueReminders } from './use-cases/queue-reminders.js';
import { ReadMessages } from './use-cases/read-messages.js';
import { RecipientObstacle } from './use-cases/recipient-obstacle.js';
import { RecordDelivery } from './use-cases/record-delivery.js';
import { RetryMessage } from './use-cases/retry-message.js';
import { BeginAttempts } from './use-cases/begin-attempts.js';
import { MarkSent } from './use-cases/mark-sent.js';
import { SendMessages } from './use-cases/send-messages.js';
import { Channels } from './use-cases/channels.js';
import { Recipients } from './use-cases/recipients.js';
import { FallBack } from './use-cases/fall-back.js';
import { RecordAttempts } from './use-cases/record-attempts.js';
import { TellOfDeadLetters } from './use-cases/tell-of-dead-letters.js';
import { TellOfDifferences } from './use-cases/tell-of-differences.js';
import { TellOfBounce } from './use-cases/tell-of-bounce.js';
import { TellStaff } from './use-cases/tell-staff.js';
import { SmsChannel } from './use-cases/sms-channel.js';

@Module({
  imports: [
    IdentityModule,
    SchoolsModule,
    StudentsModule,
    EducationModule,
    FinanceModule,
    BillingModule,
    BookingsModule,
    InboxModule,
  ],
  controllers: [
    ...choiceControllers,
    AnnouncementsController,
    InvoiceMailingsController,
    MessagesController,
    MessageUsageController,
    MessageTextsController,
  ],
  providers: [
    configProvider(NotificationsConfig),
    ...announcementProviders,
    ...choiceProviders,
    AccountComposer,
    AlertComposer,
    LeadComposer,
    CourseComposer,
    DigestComposer,
    DocumentComposer,
    TheoryComposer,
    WaitingComposer,
    WelcomeComposer,
    ExamComposer,
    LessonComposer,
    LessonsComposer,
    MoneyComposer,
    OfferComposer,
    ReminderComposer,
    SubscriptionComposer,
    UpcomingComposer,
    MailLogos,
    MessageComposer,
    DocumentMessages,
    TheoryMessages,
    WaitingMessages,
    AccountMessages,
    AlertMessages,
    LeadMessages,
    DifferencesSchedule,
    DeadLettersSchedule,
    CourseMessages,
    ExamMessages,
    LessonMessages,
    LessonsMessages,
    MoneyMessages,
    OfferMessages,
    SubscriptionMessages,
    MessageDelivery,
    RemoveSuppressions,
    MessagePrivacy,
    RemindersSchedule,
    TeacherDigestsSchedule,
    DueDigests,
    DueReminders,
    MessageAudit,
    MessagesIntegration,
    LastTold,
    NearerReminders,
    ReminderLooks,
    MessageLog,
    MessageUsage,
    Obstacles,
    OwnTextAudit,
    OwnTexts,
    PreviewMessageText,
    ReadMessageTexts,
    TextsInUse,
    WriteMessageText,
    MarkAddress,
    EmailChannel,
    SmsChannel,
    QueueDigests,
    QueueDocumentMessages,
    QueueMessages,
    ResendInvoice,
    QueueReminders,
    ReadMessages,
    RecipientObstacle,
    RecordDelivery,
    RetryMessage,
    Channels,
    Recipients,
    FallBack,
    RecordAttempts,
    BeginAttempts,
    MarkSent,
    SendMessages,
    TellOfBounce,
    TellOfDifferences,
    TellOfDeadLetters,
    TellStaff,
  ],
  exports: [RecordDelivery, TellStaff],
})
export class NotificationsModule {}
