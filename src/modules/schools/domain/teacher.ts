import { defineEntity } from '@mikro-orm/core';
import { bool, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { given } from '../../../platform/values/given.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { LicenceClass } from './licence-class.js';

export const TeacherSchema = defineEntity({
  name: 'Teacher',
  tableName: 'teachers',
  ...schoolScoped,
  uniques: [
    { name: 'teachers_school_id_id_unique', properties: ['schoolId', 'id'] },
    { name: 'teachers_school_id_user_id_unique', properties: ['schoolId', 'userId'] },
    { name: 'teachers_school_id_resource_id_unique', properties: ['schoolId', 'resourceId'] },
  ],
  indexes: [
    { name: 'teachers_school_id_name_index', properties: ['schoolId', 'name', 'id'] },
    { name: 'teachers_user_id_index', properties: ['userId'] },
    { name: 'teachers_home_index', properties: ['schoolId', 'homeLocationId'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    userId: id(),
    resourceId: int().unsigned(),
    name: text(120),
    email: text(254),
    phone: text(20).nullable(),
    /** Comma-separated, so that FIND_IN_SET answers the same on both servers. */
    licences: text(120).fieldName('licence_classes'),
    homeLocationId: id().nullable(),
    active: bool(),
    scheduleVersion: int(),
    createdAt: instant(),
  },
});

export interface NewTeacher {
  readonly schoolId: Id;
  readonly userId: Id;
  readonly resourceId: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly licenceClasses: readonly LicenceClass[];
  /** Where his lessons begin when nobody says; missing: nowhere in particular. */
  readonly homeLocationId?: Id | null;
}

export interface TeacherChange {
  readonly name?: string;
  readonly phone?: string | null;
  readonly licenceClasses?: readonly LicenceClass[];
  readonly homeLocationId?: Id | null;
  readonly active?: boolean;
}

/** A teacher (kørelærer) at one school. */
export class Teacher extends TeacherSchema.class {
  static hire({ licenceClasses, ...details }: NewTeacher, at: Date): Teacher {
    const teacher = new Teacher();
    Object.assign(teacher, { homeLocationId: null }, given(details), {
      id: newId(),
      active: true,
      scheduleVersion: 1,
      createdAt: at,
    });
    teacher.change({ licenceClasses });
    return teacher;
  }

  change({ licenceClasses, ...details }: TeacherChange): void {
    Object.assign(this, given(details));
    if (licenceClasses) this.licences = joinLicences(licenceClasses);
  }
}
TeacherSchema.setClass(Teacher);

export function joinLicences(classes: readonly LicenceClass[]): string {
  return [...new Set(classes)].join(',');
}

export function splitLicences(licences: string): LicenceClass[] {
  return licences === '' ? [] : (licences.split(',') as LicenceClass[]);
}
