import { Module } from '@nestjs/common';
import { LessonTypesController } from './http/lesson-types.controller.js';
import { SchedulesController } from './http/schedules.controller.js';
import { SchoolsController } from './http/schools.controller.js';
import { TeachersController } from './http/teachers.controller.js';
import { VehiclesController } from './http/vehicles.controller.js';
import { LessonTypeReader } from './queries/lesson-type-reader.js';
import { ScheduleReader } from './queries/schedule-reader.js';
import { Scheduling } from './queries/scheduling.js';
import { SchoolReader } from './queries/school-reader.js';
import { TeacherReader } from './queries/teacher-reader.js';
import { VehicleReader } from './queries/vehicle-reader.js';
import { AddLessonType } from './use-cases/add-lesson-type.js';
import { AddTeacher } from './use-cases/add-teacher.js';
import { AddTimeOff } from './use-cases/add-time-off.js';
import { AddVehicle } from './use-cases/add-vehicle.js';
import { CreateSchool } from './use-cases/create-school.js';
import { RemoveTimeOff } from './use-cases/remove-time-off.js';
import { ResourceRegistry } from './use-cases/resource-registry.js';
import { SetWorkingHours } from './use-cases/set-working-hours.js';
import { UpdateLessonType } from './use-cases/update-lesson-type.js';
import { UpdateSchool } from './use-cases/update-school.js';
import { UpdateTeacher } from './use-cases/update-teacher.js';
import { UpdateVehicle } from './use-cases/update-vehicle.js';

const frontDoor = [Scheduling, ResourceRegistry, CreateSchool, AddTeacher, AddVehicle, AddLessonType, AddTimeOff];

/** Schools, their teachers, vehicles and lesson types, and who works when. */
@Module({
  controllers: [SchoolsController, TeachersController, SchedulesController, VehiclesController, LessonTypesController],
  providers: [
    ...frontDoor,
    LessonTypeReader,
    RemoveTimeOff,
    ScheduleReader,
    SchoolReader,
    SetWorkingHours,
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
