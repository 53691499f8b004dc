import type { Tables } from '../../../platform/database/query.js';
import type { LessonTypeSchema, TeacherSchema, VehicleSchema } from '../../schools/index.js';
import type { StudentSchema } from '../../students/index.js';
import type { BookingSchema } from '../domain/booking.js';
import type { ClaimSchema, ResourceDaySchema } from '../domain/calendar/schema.js';

/** The tables that reads of the diary join. */
export type DiaryTables = Tables<
  typeof BookingSchema | typeof StudentSchema | typeof TeacherSchema | typeof VehicleSchema | typeof LessonTypeSchema
>;

export type CalendarTables = Tables<typeof ClaimSchema | typeof ResourceDaySchema>;
