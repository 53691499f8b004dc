import type { Role } from '../../../platform/auth/actor.js';

/** `signed_in` is everybody with an account, whatever the school. */
export type Grantee = Role | 'signed_in';

const office: readonly Role[] = ['owner', 'office'];
const staff: readonly Role[] = ['owner', 'office', 'teacher'];
const everyone: readonly Role[] = ['owner', 'office', 'teacher', 'student', 'guardian'];

/**
 * Every permission and the roles that have it. Whether somebody may touch *this* row (only his own) is the module's
 * own policy. `platform_admin` stands only where no school's personal data is involved.
 */
export const permissions = {
  // identity
  'account.read': ['signed_in'],
  'ops.read': ['platform_admin'],
  'ops.manage': ['platform_admin'],
  'audit.read': ['owner'],
  'platform_audit.read': ['platform_admin'],

  // schools
  'school.create': ['platform_admin'],
  'school.list': ['platform_admin'],
  'school.read': [...everyone, 'platform_admin'],
  'school.update': ['owner'],
  'teacher.manage': office,
  'teacher.read': everyone,
  'schedule.manage': staff,
  'schedule.read': staff,
  'vehicle.manage': office,
  'vehicle.read': staff,
  'lesson_type.manage': office,
  'lesson_type.read': everyone,

  // students
  'student.enrol': office,
  'student.read': everyone,
  'student.list': staff,
  'student.update': office,
  'student.import': office,
  'student.export': office,

  // finance
  'charge.create': office,
  'charge.read': everyone,
  'invoice.issue': office,
  'invoice.read': everyone,
  'invoice.credit': office,
  'invoice.pay': everyone,
  'payment.read': everyone,
  'payment.refund': office,
  'account.balance': everyone,
  'accounting.export': office,
  'finance.configure': ['owner'],

  // bookings
  'availability.read': everyone,
  'booking.create': everyone,
  'booking.read': everyone,
  'booking.reschedule': everyone,
  'booking.cancel': everyone,
  'booking.complete': staff,

  // notifications
  'message.read': everyone,
} as const satisfies Record<string, readonly Grantee[]>;

export type Permission = keyof typeof permissions;
