import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { afterName, pageByName } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
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
  readonly active: boolean;
}

export interface TeacherListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly includeInactive?: boolean;
}

type Reader = Pick<Actor, 'isStaff'>;

@Injectable()
export class TeacherReader {
  constructor(private readonly em: EntityManager) {}

  /** The school's teachers by name; the deactivated ones are for staff who ask for them. */
  async list(reader: Reader, { limit, cursor, includeInactive }: TeacherListQuery): Promise<Page<TeacherView>> {
    const teachers = reader.isStaff && includeInactive ? this.teachers : this.teachers.where('active', '=', true);
    const rows = await teachers
      .where(afterName(cursor))
      .orderBy('name')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    return pageByName(
      rows.map((row) => asSeenBy(reader, row)),
      limit,
    );
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
      .select(['id', 'name', 'email', 'phone', 'licence_classes as licences', 'active']);
  }
}

type TeacherRow = Omit<TeacherView, 'licenceClasses'> & { readonly licences: string };

function asSeenBy({ isStaff }: Reader, { licences, ...row }: TeacherRow): TeacherView {
  const contact = isStaff ? {} : { email: null, phone: null };
  return { ...row, ...contact, licenceClasses: splitLicences(licences) };
}
