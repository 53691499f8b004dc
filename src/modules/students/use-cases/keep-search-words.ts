import { ChangeSetType, type EventArgs, type EventSubscriber } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { type Findable, searchEntries, type StudentSearchWordSchema } from '../domain/search-words.js';
import { Student } from '../domain/student.js';

const searched: readonly (keyof Findable)[] = ['name', 'email', 'phone', 'postcode'];

/** Keeps what a student is found by in step with him, in the transaction of whatever changes him. */
@Injectable()
export class KeepSearchWords implements EventSubscriber<Student> {
  private readonly done = new WeakSet<Student>();

  constructor(private readonly em: EntityManager) {
    em.getEventManager().registerSubscriber(this);
  }

  getSubscribedEntities() {
    return [Student];
  }

  /** The first of a flush brings the words of all its students. */
  async afterCreate({ entity, em }: EventArgs<Student>): Promise<void> {
    if (this.done.has(entity)) return;
    const created = em
      .getUnitOfWork()
      .getChangeSets()
      .flatMap(({ entity: each, type }) => (type === ChangeSetType.CREATE && each instanceof Student ? [each] : []));
    for (const student of created) this.done.add(student);
    await this.insert(created);
  }

  async afterUpdate({ entity, changeSet }: EventArgs<Student>): Promise<void> {
    if (!searched.some((field) => field in (changeSet?.payload ?? {}))) return;
    const { schoolId, id } = entity;
    await this.words
      .deleteFrom('student_search_words')
      .where('school_id', '=', bin(schoolId))
      .where('student_id', '=', bin(id))
      .execute();
    await this.insert([entity]);
  }

  private async insert(students: readonly Student[]): Promise<void> {
    const rows = students.flatMap((student) => {
      const [schoolId, studentId] = [bin(student.schoolId), bin(student.id)];
      return searchEntries(student).map((entry) => ({ school_id: schoolId, student_id: studentId, entry }));
    });
    if (rows.length > 0) await this.words.insertInto('student_search_words').values(rows).execute();
  }

  private get words() {
    return globalQuery<Tables<typeof StudentSearchWordSchema>>(this.em);
  }
}
