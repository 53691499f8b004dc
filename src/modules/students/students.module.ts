import { Module } from '@nestjs/common';
import { SchoolsModule } from '../schools/index.js';
import { StudentDirectory } from './queries/student-directory.js';

const frontDoor = [StudentDirectory];

/** The students of a school. */
@Module({ imports: [SchoolsModule], providers: frontDoor, exports: frontDoor })
export class StudentsModule {}
