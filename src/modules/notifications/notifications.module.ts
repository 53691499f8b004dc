import { Module } from '@nestjs/common';
import { configProvider } from '../../platform/config/config.module.js';
import { BookingsModule } from '../bookings/index.js';
import { FinanceModule } from '../finance/index.js';
import { IdentityModule } from '../identity/index.js';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { AccountComposer } from './composing/account-composer.js';
import { LessonComposer } from './composing/lesson-composer.js';
import { MessageComposer } from './composing/message-composer.js';
import { MoneyComposer } from './composing/money-composer.js';
import { MessagesController } from './http/messages.controller.js';
import { AccountMessages } from './jobs/account-messages.js';
import { LessonMessages } from './jobs/lesson-messages.js';
import { MessageDelivery } from './jobs/message-delivery.js';
import { MoneyMessages } from './jobs/money-messages.js';
import { RemindersSchedule } from './jobs/reminders.schedule.js';
import { NotificationsConfig } from './notifications.config.js';
import { MessagePrivacy } from './privacy/message-privacy.js';
import { DueReminders } from './queries/due-reminders.js';
import { MessageLog } from './queries/message-log.js';
import { EmailChannel } from './use-cases/email-channel.js';
import { QueueMessages } from './use-cases/queue-messages.js';
import { QueueReminders } from './use-cases/queue-reminders.js';
import { ReadMessages } from './use-cases/read-messages.js';
import { SendMessage } from './use-cases/send-message.js';
import { SmsChannel } from './use-cases/sms-channel.js';

@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, FinanceModule, BookingsModule],
  controllers: [MessagesController],
  providers: [
    configProvider(NotificationsConfig),
    AccountComposer,
    LessonComposer,
    MoneyComposer,
    MessageComposer,
    AccountMessages,
    LessonMessages,
    MoneyMessages,
    MessageDelivery,
    MessagePrivacy,
    RemindersSchedule,
    DueReminders,
    MessageLog,
    EmailChannel,
    SmsChannel,
    QueueMessages,
    QueueReminders,
    ReadMessages,
    SendMessage,
  ],
})
export class NotificationsModule {}
