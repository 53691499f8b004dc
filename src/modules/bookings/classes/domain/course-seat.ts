import { defineEntity, p, PrimaryKeyProp } from '@mikro-orm/core';
import { id, schoolScoped } from '../../../../platform/database/columns.js';

export const CourseSeatSchema = defineEntity({
  name: 'CourseSeat',
  tableName: 'course_seats',
  ...schoolScoped,
  uniques: [{ name: 'course_seats_student', properties: ['courseId', 'studentId'] }],
  indexes: [
    { name: 'course_seats_of', properties: ['schoolId', 'courseId'] },
    { name: 'course_seats_by', properties: ['schoolId', 'studentId'] },
  ],
  properties: {
    courseId: id().primary(),
    place: p.smallint().unsigned().primary(),
    schoolId: id(),
    studentId: id(),
  },
});

/** A seat that is taken, by one who is enrolled or by one who is asked from the waiting list. Its key sells no seat twice. */
export class CourseSeat extends CourseSeatSchema.class {
  declare [PrimaryKeyProp]?: ['courseId', 'place'];
}
CourseSeatSchema.setClass(CourseSeat);
