import type { Tables } from '../../../platform/database/query.js';
import type { LessonTypeSchema, LocationSchema, TeacherSchema, VehicleSchema } from '../../schools/index.js';
import type { StudentSchema } from '../../students/index.js';
import type { BookingSchema } from '../domain/booking.js';
import type { OfferSchema } from '../waiting-list/domain/offer.js';
import type { DayCancellationClassSchema } from './domain/day-cancellation-class.js';
import type { DayCancellationLessonSchema } from './domain/day-cancellation-lesson.js';
import type { DayCancellationSchema } from './domain/day-cancellation.js';

/** The tables that cancelling a day goes by. */
export type DayTables = Tables<
  | typeof DayCancellationSchema
  | typeof DayCancellationLessonSchema
  | typeof DayCancellationClassSchema
  | typeof OfferSchema
  | typeof BookingSchema
  | typeof StudentSchema
  | typeof TeacherSchema
  | typeof VehicleSchema
  | typeof LocationSchema
  | typeof LessonTypeSchema
>;
