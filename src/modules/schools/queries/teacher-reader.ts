import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byText, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { LicenceClass } from '../domain/licence-class.js';
import { TeacherNotFound } from '../domain/school-problems.js';
import { splitLicences, TeacherSchema } from '../domain/teacher.js';

export interface TeacherView {
  readonly id: Id;
  readonly name: string;
  /** null for readers who do not work at the school, as is the phone number */
  readonly email: string | null;
  readonly phone: string | null;
  readonly licenceClasses: LicenceClass[];
  readonly homeLocationId: Id | null;
  readonly active: boolean;
}

export const teacherList = new List({ sorts: { name: byText('name') }, defaultSort: 'name' });

export interface TeachersAsked extends Asked<typeof teacherList> {
  readonly includeInactive?: boolean;
}

type Reader = Pick<Actor, 'isStaff'>;

@Injectable()
export class TeacherReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's teachers; the deactivated ones are for staff who ask for them. */
  async list(reader: Reader, asked: TeachersAsked): Promise<Page<TeacherView>> {
    const teachers = reader.isStaff && asked.includeInactive ? this.teachers : this.teachers.where('active', '=', true);
    return mapPage(await teacherList.page(teachers, asked), (row) => asSeenBy(reader, row));
  }

  /** @throws TeacherNotFound */
  async get(reader: Reader, id: Id): Promise<TeacherView> {
    const row = await this.teachers.where('id', '=', bin(id)).executeTakeFirst();
    if (!row || !(row.active || reader.isStaff)) throw new TeacherNotFound();
    return asSeenBy(reader, row);
  }

  private get teachers() {
    return schoolQuery<Tables<typeof TeacherSchema>>(this.em)
      .selectFrom('teachers')
      .select(['id', 'name', 'email', 'phone', 'licence_classes as licences'])
      .select(['home_location_id as homeLocationId', 'active']);
  }
}

type TeacherRow = Omit<TeacherView, 'licenceClasses'> & { readonly licences: string };

function asSeenBy({ isStaff }: Reader, { licences, ...row }: TeacherRow): TeacherView {
  const contact = isStaff ? {} : { email: null, phone: null };
  return { ...row, ...contact, licenceClasses: splitLicences(licences) };
}
