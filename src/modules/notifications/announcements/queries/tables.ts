import type { Tables } from '../../../../platform/database/query.js';
import type { BookingSchema, CourseEnrolmentSchema, CourseSchema } from '../../../bookings/index.js';
import type { UserSchema } from '../../../identity/index.js';
import type { LocationSchema, TeacherSchema } from '../../../schools/index.js';
import type { StudentSchema } from '../../../students/index.js';
import type { MessageSchema } from '../../domain/message.js';
import type { UndeliverableAddressSchema } from '../../domain/undeliverable-address.js';
import type { AnnouncementRecipientSchema } from '../domain/announcement-recipient.js';
import type { AnnouncementSchema } from '../domain/announcement.js';

export type AnnouncementTables = Tables<
  | typeof AnnouncementSchema
  | typeof AnnouncementRecipientSchema
  | typeof MessageSchema
  | typeof UndeliverableAddressSchema
  | typeof StudentSchema
  | typeof UserSchema
  | typeof BookingSchema
  | typeof CourseSchema
  | typeof CourseEnrolmentSchema
  | typeof TeacherSchema
  | typeof LocationSchema
>;
