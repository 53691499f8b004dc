import { IntegrationsController } from './http/integrations.controller.js';
import { CalendarIntegration } from './queries/calendar-integration.js';
import { Module } from '@nestjs/common';
import { FacilitiesController } from './http/facilities.controller.js';
import { ClosingDaysController } from './http/closing-days.controller.js';
import { DayHoursController } from './http/day-hours.controller.js';
import { LessonTypesController } from './http/lesson-types.controller.js';
import { LocationsController } from './http/locations.controller.js';
import { SchedulesController } from './http/schedules.controller.js';
import { ListingController } from './listing/http/listing.controller.js';
import { AnnounceListings } from './listing/jobs/announce-listings.js';
import { DirectoryIntegration } from './listing/queries/directory-integration.js';
import { ListingAudit } from './listing/queries/listing-audit.js';
import { ListingReader } from './listing/queries/listing-reader.js';
import { Listings } from './listing/queries/listings.js';
import { ListingChanges } from './listing/use-cases/listing-changes.js';
import { SetListing } from './listing/use-cases/set-listing.js';
import { LogoController } from './logo/http/logo.controller.js';
import { SchoolLogos } from './logo/queries/school-logos.js';
import { DeleteLogo } from './logo/use-cases/delete-logo.js';
import { KeepLogo } from './logo/use-cases/keep-logo.js';
import { UploadLogo } from './logo/use-cases/upload-logo.js';
import { SchoolsController } from './http/schools.controller.js';
import { TeacherCalendarsController } from './http/teacher-calendars.controller.js';
import { TeachersController } from './http/teachers.controller.js';
import { VehiclesController } from './http/vehicles.controller.js';
import { DiaryResources } from './queries/diary-resources.js';
import { FacilityReader } from './queries/facility-reader.js';
import { ClosingDayReader } from './queries/closing-day-reader.js';
import { ReadTeacherCalendars } from './jobs/read-teacher-calendars.js';
import { LessonResources } from './queries/lesson-resources.js';
import { LessonTypeReader } from './queries/lesson-type-reader.js';
import { LocationReader } from './queries/location-reader.js';
import { ScheduleReader } from './queries/schedule-reader.js';
import { Scheduling } from './queries/scheduling.js';
import { SchoolReader } from './queries/school-reader.js';
import { TeacherCalendarReader } from './queries/teacher-calendar-reader.js';
import { TeacherReader } from './queries/teacher-reader.js';
import { TeacherTimes } from './queries/teacher-times.js';
import { TravelTimeReader } from './queries/travel-time-reader.js';
import { VehicleReader } from './queries/vehicle-reader.js';
import { AddFacility } from './use-cases/add-facility.js';
import { AddClosingDays } from './use-cases/add-closing-days.js';
import { AddLessonType } from './use-cases/add-lesson-type.js';
import { AddLocation } from './use-cases/add-location.js';
import { AddTeacherCalendar } from './use-cases/add-teacher-calendar.js';
import { AddTeacher } from './use-cases/add-teacher.js';
import { AddTimeOff } from './use-cases/add-time-off.js';
import { AddVehicle } from './use-cases/add-vehicle.js';
import { CreateSchool } from './use-cases/create-school.js';
import { RemoveClosingDay } from './use-cases/remove-closing-day.js';
import { RemoveDayHours } from './use-cases/remove-day-hours.js';
import { RecordBusyTimes } from './use-cases/record-busy-times.js';
import { RefreshTeacherCalendar } from './use-cases/refresh-teacher-calendar.js';
import { RemoveTeacherCalendar } from './use-cases/remove-teacher-calendar.js';
import { RemoveTimeOff } from './use-cases/remove-time-off.js';
import { ResourceRegistry } from './use-cases/resource-registry.js';
import { SetTravelTimes } from './use-cases/set-travel-times.js';
import { SetDayHours } from './use-cases/set-day-hours.js';
import { SetWorkingHours } from './use-cases/set-working-hours.js';
import { UpdateFacility } from './use-cases/update-facility.js';
import { UpdateLessonType } from './use-cases/update-lesson-type.js';
import { UpdateLocation } from './use-cases/update-location.js';
import { UpdateSchool } from './use-cases/update-school.js';
import { UpdateTeacher } from './use-cases/update-teacher.js';
import { UpdateVehicle } from './use-cases/update-vehicle.js';

const frontDoor = [
  DiaryResources,
  Scheduling,
  TeacherTimes,
  ResourceRegistry,
  CreateSchool,
  AddTeacher,
  AddVehicle,
  AddClosingDays,
  SetDayHours,
  SetWorkingHours,
  AddLessonType,
  AddTimeOff,
  AddLocation,
  AddFacility,
  FacilityReader,
  LessonResources,
  SetTravelTimes,
  SchoolLogos,
  ListingChanges,
  Listings,
  SetListing,
];

/** Schools, their teachers, vehicles and lesson types, and who works when. */
@Module({
  controllers: [
    IntegrationsController,
    SchoolsController,
    LogoController,
    ListingController,
    TeachersController,
    SchedulesController,
    VehiclesController,
    LessonTypesController,
    LocationsController,
    FacilitiesController,
    DayHoursController,
    ClosingDaysController,
    TeacherCalendarsController,
  ],
  providers: [
    ...frontDoor,
    CalendarIntegration,
    AnnounceListings,
    DirectoryIntegration,
    ListingAudit,
    ListingReader,
    UploadLogo,
    KeepLogo,
    DeleteLogo,
    AddTeacherCalendar,
    ReadTeacherCalendars,
    RecordBusyTimes,
    RefreshTeacherCalendar,
    RemoveTeacherCalendar,
    TeacherCalendarReader,
    LessonTypeReader,
    LocationReader,
    ClosingDayReader,
    RemoveClosingDay,
    RemoveDayHours,
    RemoveTimeOff,
    ScheduleReader,
    SchoolReader,
    TravelTimeReader,
    UpdateFacility,
    UpdateLocation,
    TeacherReader,
    UpdateLessonType,
    UpdateSchool,
    UpdateTeacher,
    UpdateVehicle,
    VehicleReader,
  ],
  exports: frontDoor,
})
export class SchoolsModule {}
