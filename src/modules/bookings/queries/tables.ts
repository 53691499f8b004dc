import type { Tables } from '../../../platform/database/query.js';
import type {
  FacilitySchema,
  LessonTypeSchema,
  LocationSchema,
  TeacherSchema,
  VehicleSchema,
} from '../../schools/index.js';
import type { StudentSchema } from '../../students/index.js';
import type { BookingSchema } from '../domain/booking.js';
import type { ClaimSchema, ResourceDaySchema, WhereaboutsSchema } from '../domain/calendar/schema.js';

/** The tables that reads of the diary join. */
export type DiaryTables = Tables<
  | typeof BookingSchema
  | typeof StudentSchema
  | typeof TeacherSchema
  | typeof VehicleSchema
  | typeof LessonTypeSchema
  | typeof LocationSchema
  | typeof FacilitySchema
>;

export type CalendarTables = Tables<typeof ClaimSchema | typeof ResourceDaySchema | typeof WhereaboutsSchema>;
