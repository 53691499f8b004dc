import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { LessonTypeSchema } from '../domain/lesson-type.js';
import type { LocationSchema } from '../domain/location.js';
import { LocationNotFound } from '../domain/school-problems.js';
import type { TeacherSchema } from '../domain/teacher.js';
import type { VehicleSchema } from '../domain/vehicle.js';

type Db = Tables<typeof LessonTypeSchema | typeof LocationSchema | typeof TeacherSchema | typeof VehicleSchema>;

/** Whoever or whatever has a column in the diary. */
export interface DiaryResource {
  readonly id: Id;
  readonly resourceId: number;
  readonly name: string;
  readonly active: boolean;
  readonly homeLocationId: Id | null;
}

/** What a whole diary of the current school is drawn from, besides its bookings. A statement each. */
@Injectable()
export class DiaryResources {
  constructor(private readonly em: EntityManager) {}

  /** By name, those who have left too. */
  teachers(): Promise<DiaryResource[]> {
    return this.ofTable('teachers').execute();
  }

  /** By name, trailers and those taken out of use too. */
  vehicles(): Promise<DiaryResource[]> {
    return this.ofTable('vehicles').execute();
  }

  /** How long the shortest lesson on offer takes, setup and buffer included; null when none is on offer. */
  async shortestLessonMinutes(): Promise<number | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('lesson_types')
      .select(sql<number | null>`min(minutes + setup_minutes + buffer_minutes)`.as('minutes'))
      .where('active', '=', true)
      .executeTakeFirst();
    return row?.minutes ?? null;
  }

  /** @throws LocationNotFound */
  async checkLocation(id: Id): Promise<void> {
    const locations = schoolQuery<Db>(this.em).selectFrom('locations').select('id');
    if (!(await locations.where('id', '=', bin(id)).executeTakeFirst())) throw new LocationNotFound();
  }

  private ofTable(table: 'teachers' | 'vehicles') {
    return schoolQuery<Db>(this.em)
      .selectFrom(table as 'teachers')
      .select(['id', 'resource_id as resourceId', 'name', 'active', 'home_location_id as homeLocationId'])
      .orderBy('name')
      .orderBy('id');
  }
}
