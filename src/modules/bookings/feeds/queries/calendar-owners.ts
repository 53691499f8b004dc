import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling, VehicleNotFound } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import { type CalendarOwner, initialsOf } from '../../ports/calendar-entries.js';
import type { DiaryTables } from '../../queries/tables.js';

/** Those whose calendars there are in the current school. */
@Injectable()
export class CalendarOwners {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly students: StudentDirectory,
  ) {}

  /** What a calendar is called: the school, and whose it is. @throws TeacherNotFound | StudentNotFound | VehicleNotFound */
  async titleOf(owner: CalendarOwner): Promise<string> {
    const [{ name }, whose] = await Promise.all([this.scheduling.school(), this.nameOf(owner)]);
    return whose === null ? name : `${name} · ${whose}`;
  }

  private async nameOf(owner: CalendarOwner): Promise<string | null> {
    if (owner.kind === 'school') return null;
    if (owner.kind === 'vehicle') return this.vehicleName(owner.id);
    if (owner.kind === 'teacher') return (await this.scheduling.teacher(owner.id)).name;
    return initialsOf((await this.students.get(owner.id)).name);
  }

  private async vehicleName(id: Id): Promise<string> {
    const vehicles = schoolQuery<DiaryTables>(this.em).selectFrom('vehicles').select('name');
    const vehicle = await vehicles.where('id', '=', bin(id)).executeTakeFirst();
    if (!vehicle) throw new VehicleNotFound();
    return vehicle.name;
  }
}
