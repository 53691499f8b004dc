import { defineEntity } from '@mikro-orm/core';
import { id, localDate, schoolScoped } from '../../../platform/database/columns.js';

/** The last day whose list a school's teachers have been sent. */
export const TeacherDigestSchema = defineEntity({
  name: 'TeacherDigest',
  tableName: 'teacher_digests',
  ...schoolScoped,
  properties: { schoolId: id().primary(), day: localDate() },
});
