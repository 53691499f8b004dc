import { FacilitySchema } from './domain/facility.js';
import { ClosingDaySchema } from './domain/closing-day.js';
import { DayHoursSchema } from './domain/day-hours.js';
import { LessonTypeSchema } from './domain/lesson-type.js';
import { LocationSchema, TravelTimeSchema } from './domain/location.js';
import { ResourceSchema, SchoolResourceSchema } from './domain/resource.js';
import { SchoolLogoSchema } from './logo/domain/school-logo.js';
import {
  ListingBranchSchema,
  ListingChangeSchema,
  ListingPositionSchema,
  SchoolListingSchema,
} from './listing/domain/school-listing.js';
import { SchoolSchema } from './domain/school.js';
import { TeacherCalendarSchema } from './domain/teacher-calendar.js';
import { TeacherSchema } from './domain/teacher.js';
import { TimeOffSchema } from './domain/time-off.js';
import { VehicleSchema } from './domain/vehicle.js';
import { WorkingHoursSchema } from './domain/working-hours.js';

export { ListedSchoolNotFound } from './listing/domain/listing-problems.js';
export { type TaughtLanguage, taughtLanguages } from './listing/domain/school-listing.js';
export { RatingDto } from './listing/http/listing.dto.js';
export * from './listing/ports/school-directory.js';
export { type ChangesSince, type ListedSchool, Listings, type ListingChange } from './listing/queries/listings.js';
export { ListingChanges } from './listing/use-cases/listing-changes.js';
export { SetListing } from './listing/use-cases/set-listing.js';
export { sendLogo } from './logo/http/send-logo.js';
export { LogoNotFound } from './logo/domain/logo-problems.js';
export type { LogoSize } from './logo/domain/logo-image.js';
export { SchoolLogos } from './logo/queries/school-logos.js';
export { isCvr } from './domain/cvr.js';
export { SchoolsModule } from './schools.module.js';
export type { LessonNeeds, LessonTypeDetails } from './domain/lesson-type-rules.js';
export type { VehicleDetails } from './domain/vehicle.js';
export { drivenClassOf, licenceClasses, type LicenceClass } from './domain/licence-class.js';
export {
  FacilityNotFound,
  LessonTypeNotFound,
  LocationNotFound,
  ClosingDayTwice,
  HoursInThePast,
  InvalidTimeOff,
  InvalidWorkingHours,
  NotYourSchedule,
  SchoolNotFound,
  TeacherNotFound,
  VehicleNotFound,
} from './domain/school-problems.js';
export {
  deadlineOf,
  policyOf,
  type CancellationPolicy,
  type Fee,
  type Notice,
  type NoticeCalendar,
} from './domain/cancellation-policy.js';
export { isPublicHoliday, publicHolidays, type PublicHoliday } from './domain/public-holidays.js';
export { splitLeads, type ReminderLeads } from './domain/reminder-leads.js';
export { customaryHolidays, type CustomaryHoliday, WorkingDays } from './domain/working-days.js';
export * from './ports/private-calendars.js';
export { OrphanedBookings, type OrphanedBooking } from './ports/orphaned-bookings.js';
export { facilityKinds, type FacilityDetails, type FacilityKind } from './domain/facility.js';
export type { LocationDetails } from './domain/location.js';
export { FacilityReader, type FacilityView } from './queries/facility-reader.js';
export { AddFacility } from './use-cases/add-facility.js';
export { AddLessonType } from './use-cases/add-lesson-type.js';
export { AddLocation } from './use-cases/add-location.js';
export { AddTeacher, type AddTeacherInput } from './use-cases/add-teacher.js';
export { AddTimeOff, type AddedTimeOff } from './use-cases/add-time-off.js';
export { AddClosingDays } from './use-cases/add-closing-days.js';
export { SetDayHours } from './use-cases/set-day-hours.js';
export { SetWorkingHours } from './use-cases/set-working-hours.js';
export { AddVehicle } from './use-cases/add-vehicle.js';
export { SetTravelTimes } from './use-cases/set-travel-times.js';
export { CreateSchoolDto } from './http/school.dto.js';
export { CreateSchool, type CreateSchoolInput } from './use-cases/create-school.js';
export { ResourceRegistry } from './use-cases/resource-registry.js';
export { DiaryResources, type DiaryResource } from './queries/diary-resources.js';
export * from './queries/lesson-resources.js';
export * from './queries/scheduling.js';
export { TeacherTimes } from './queries/teacher-times.js';
export * from './domain/schedule-change.js';
export type { Stretch } from './domain/day-hours.js';
export type { WeeklyHours } from './domain/working-hours.js';
export { checkClosingDays, type NewClosingDay } from './domain/closing-day.js';
export { checkDay, checkWeek } from './domain/week.js';
export { checkMayClose, checkMayManageSchedule } from './domain/schedule-policy.js';
export * from './domain/time-off-kind.js';
export { NewClosingDayDto } from './http/closing-day.dto.js';
export { SetDayHoursDto } from './http/day-hours.dto.js';
export { AddTimeOffDto, SetWorkingHoursDto, TimeOffDto } from './http/schedule.dto.js';
export {
  ClosingDaySchema,
  FacilitySchema,
  LessonTypeSchema,
  LocationSchema,
  ResourceSchema,
  SchoolResourceSchema,
  SchoolSchema,
  TeacherSchema,
  TimeOffSchema,
  TravelTimeSchema,
  VehicleSchema,
  WorkingHoursSchema,
};

export const schoolsEntities = [
  SchoolSchema,
  SchoolLogoSchema,
  ResourceSchema,
  SchoolResourceSchema,
  TeacherSchema,
  VehicleSchema,
  LessonTypeSchema,
  WorkingHoursSchema,
  DayHoursSchema,
  ClosingDaySchema,
  TeacherCalendarSchema,
  TimeOffSchema,
  LocationSchema,
  TravelTimeSchema,
  FacilitySchema,
  SchoolListingSchema,
  ListingBranchSchema,
  ListingChangeSchema,
  ListingPositionSchema,
];
