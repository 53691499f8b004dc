import { describe, expect, it } from '@jest/globals';
import { personActor, programActor, type Role } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from './schedule-policy.js';
import { NotYourSchedule } from './school-problems.js';

const as = (role: Role) => personActor(newId(), newId(), role);

describe('managing a schedule', () => {
  it.each(['owner', 'office'] as const)('%s manages everybody’s', (role) => {
    expect(() => checkMayManageSchedule(as(role), { userId: newId() })).not.toThrow();
  });

  it('a program with the scope sees everybody’s', () => {
    expect(() => checkMayManageSchedule(programActor(newId(), newId()), { userId: newId() })).not.toThrow();
  });

  it('a teacher manages his own alone', () => {
    const teacher = as('teacher');
    expect(() => checkMayManageSchedule(teacher, { userId: teacher.userId })).not.toThrow();
    expect(() => checkMayManageSchedule(teacher, { userId: newId() })).toThrow(NotYourSchedule);
  });
});
