import type { Tables } from '../../../platform/database/query.js';
import type { LessonTypeSchema, TeacherSchema } from '../../schools/index.js';
import type { StudentSchema } from '../../students/index.js';
import type { BookingSchema } from '../domain/booking.js';
import type { OfferRoundSchema } from './domain/offer-round.js';
import type { OfferSchema } from './domain/offer.js';
import type { WaitingListEntrySchema } from './domain/waiting-list-entry.js';
import type { WaitingListSettingsSchema } from './domain/waiting-list-settings.js';

/** The tables that reads and writes of the waiting list go by. */
export type WaitingListTables = Tables<
  | typeof WaitingListEntrySchema
  | typeof WaitingListSettingsSchema
  | typeof OfferRoundSchema
  | typeof OfferSchema
  | typeof BookingSchema
  | typeof StudentSchema
  | typeof LessonTypeSchema
  | typeof TeacherSchema
>;
