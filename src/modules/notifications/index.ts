import { MessageSchema } from './domain/message.js';
import { ReminderSchema } from './domain/reminder.js';

export { NotificationsModule } from './notifications.module.js';
export { EmailSender, type Attachment, type Email } from './ports/email-sender.js';
export { SmsSender, type Sms } from './ports/sms-sender.js';
export { accepted, rejected, unknown, type Delivery } from './ports/delivery.js';
export { smsSegments } from './domain/sms-segments.js';
export { MessageQueued } from './domain/events.js';
export { MessageSchema } from './domain/message.js';

export const notificationsEntities = [MessageSchema, ReminderSchema];
