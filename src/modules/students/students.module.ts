import { Module } from '@nestjs/common';
import { SchoolsModule } from '../schools/index.js';
import { StudentsController } from './http/students.controller.js';
import { OwnStudents } from './queries/own-students.js';
import { StudentDirectory } from './queries/student-directory.js';
import { StudentReader } from './queries/student-reader.js';
import { EnrolStudent } from './use-cases/enrol-student.js';
import { UpdateStudent } from './use-cases/update-student.js';

const frontDoor = [OwnStudents, StudentDirectory, EnrolStudent, UpdateStudent];

/** The students of a school. */
@Module({
  imports: [SchoolsModule],
  controllers: [StudentsController],
  providers: [...frontDoor, StudentReader],
  exports: frontDoor,
})
export class StudentsModule {}
