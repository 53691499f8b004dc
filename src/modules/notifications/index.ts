import { MarketingConsentSchema } from './choices/domain/marketing-consent.js';
import { MessagePreferenceSchema } from './choices/domain/message-preference.js';
import { AnnouncementRecipientSchema } from './announcements/domain/announcement-recipient.js';
import { AnnouncementSchema } from './announcements/domain/announcement.js';
import { MessageSchema } from './domain/message.js';
import { ReminderLookSchema, ReminderSchema } from './domain/reminder.js';
import { InboxItemSchema } from './inbox/domain/inbox-item.js';
import { OwnTextSchema } from './own-texts/domain/own-text.js';
import { TeacherDigestSchema } from './domain/teacher-digest.js';
import { UndeliverableAddressSchema } from './domain/undeliverable-address.js';

export { NotificationsModule } from './notifications.module.js';
export { EmailSender, type Attachment, type Email } from './ports/email-sender.js';
export { SmsSender, type Sms } from './ports/sms-sender.js';
export { accepted, rejected, unansweredBy, unknown, type Billed, type Cost, type Delivery } from './ports/delivery.js';
export {
  atSecond,
  DeliveryReports,
  ourId,
  type AddressNews,
  type DeliveryNews,
  type News,
} from './ports/delivery-reports.js';
export { addressWord } from './domain/address-word.js';
export { handInEmail, handInSms } from './ports/hand-in.js';
export { attachmentJson, mailJson } from './ports/mail-json.js';
export { headersOf, messageIdOf, type MailFrom, sendable } from './ports/sendable.js';
export { maskEmail } from './domain/mask.js';
export type { ToldState } from './domain/told-state.js';
export { TellStaff } from './use-cases/tell-staff.js';
export { RecordDelivery } from './use-cases/record-delivery.js';
export { smsSegments } from './domain/sms-segments.js';
export { MessageQueued } from './domain/events.js';
export { MessageSchema } from './domain/message.js';

export const notificationsEntities = [
  MarketingConsentSchema,
  MessagePreferenceSchema,
  InboxItemSchema,
  AnnouncementSchema,
  AnnouncementRecipientSchema,
  MessageSchema,
  OwnTextSchema,
  ReminderLookSchema,
  ReminderSchema,
  TeacherDigestSchema,
  UndeliverableAddressSchema,
];
