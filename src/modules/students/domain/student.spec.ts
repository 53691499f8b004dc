import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { InvalidBirthDate, StatusNotAllowed } from './student-problems.js';
import { studentStatuses } from './student-status.js';
import { Student } from './student.js';

const today = new Date('2026-11-20T12:00:00Z');

function enrol(birthDate: string | null = null): Student {
  const identity = { schoolId: newId(), userId: newId(), resourceId: 1, email: 'freja@example.com' };
  return Student.enrol(identity, { name: 'Freja Lund', licenceClass: 'B', birthDate }, today);
}

describe('a student', () => {
  it('is active when enrolled, with nothing made up', () => {
    expect(enrol()).toMatchObject({ status: 'active', phone: null, birthDate: null, city: null });
  });

  it('keeps what a change leaves out, and clears what it says is null', () => {
    const student = enrol('2009-03-14');
    student.change({ name: 'Freja Lund Holm', phone: undefined, birthDate: null }, today);
    expect(student).toMatchObject({ name: 'Freja Lund Holm', phone: null, birthDate: null, licenceClass: 'B' });
  });

  it('was born in the past', () => {
    expect(() => enrol('2026-11-20')).toThrow(InvalidBirthDate);
  });

  it('moves between the allowed statuses alone', () => {
    const allowed = studentStatuses.flatMap((from) =>
      studentStatuses.filter((to) => from !== to && allows(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(allowed).toEqual([
      'active → paused',
      'active → completed',
      'active → left',
      'paused → active',
      'paused → left',
      'completed → active',
      'left → active',
    ]);
  });

  function allows(from: Student['status'], to: Student['status']): boolean {
    const student = Object.assign(enrol(), { status: from });
    try {
      student.moveTo(to);
      return student.status === to;
    } catch (error) {
      expect(error).toBeInstanceOf(StatusNotAllowed);
      return false;
    }
  }
});
