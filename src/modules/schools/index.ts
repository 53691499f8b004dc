import { LessonTypeSchema } from './domain/lesson-type.js';
import { ResourceSchema, SchoolResourceSchema } from './domain/resource.js';
import { SchoolSchema } from './domain/school.js';
import { TeacherSchema } from './domain/teacher.js';
import { TimeOffSchema } from './domain/time-off.js';
import { VehicleSchema } from './domain/vehicle.js';
import { WorkingHoursSchema } from './domain/working-hours.js';

export { SchoolsModule } from './schools.module.js';
export type { LessonTypeDetails } from './domain/lesson-type-rules.js';
export type { VehicleDetails } from './domain/vehicle.js';
export { licenceClasses, type LicenceClass } from './domain/licence-class.js';
export { LessonTypeNotFound, SchoolNotFound, TeacherNotFound, VehicleNotFound } from './domain/school-problems.js';
export { OrphanedBookings, type OrphanedBooking } from './ports/orphaned-bookings.js';
export { AddLessonType } from './use-cases/add-lesson-type.js';
export { AddTeacher, type AddTeacherInput } from './use-cases/add-teacher.js';
export { AddTimeOff } from './use-cases/add-time-off.js';
export { AddVehicle } from './use-cases/add-vehicle.js';
export { CreateSchoolDto } from './http/school.dto.js';
export { CreateSchool, type CreateSchoolInput } from './use-cases/create-school.js';
export { ResourceRegistry } from './use-cases/resource-registry.js';
export * from './queries/scheduling.js';
export {
  LessonTypeSchema,
  ResourceSchema,
  SchoolResourceSchema,
  SchoolSchema,
  TeacherSchema,
  TimeOffSchema,
  VehicleSchema,
  WorkingHoursSchema,
};

export const schoolsEntities = [
  SchoolSchema,
  ResourceSchema,
  SchoolResourceSchema,
  TeacherSchema,
  VehicleSchema,
  LessonTypeSchema,
  WorkingHoursSchema,
  TimeOffSchema,
];
