import type { Permission } from './permissions.js';

/**
 * What comes of using a permission, for whoever has to hold a school's people back without harming anybody. `always`: reading,
 * handing over and erasing data, money that comes in or goes back, taking back what was booked. `growth`: more people.
 * `work`: everything else that changes something.
 */
export type PermissionEffect = 'always' | 'growth' | 'work';

/** Closed: a permission without its effect does not compile. */
const effects = {
  // identity
  'account.read': 'always',
  'account.update': 'always',
  'ops.read': 'always',
  'ops.manage': 'always',
  'audit.read': 'always',
  'platform_audit.read': 'always',
  'support_access.open': 'always',
  'support_access.read': 'always',
  'support_access.close': 'always',
  'member.read': 'always',
  'member.manage': 'growth',
  'api_key.manage': 'work',

  // schools
  'school.create': 'always',
  'school.list': 'always',
  'school.read': 'always',
  'school.update': 'work',
  'teacher.manage': 'growth',
  'teacher.read': 'always',
  'schedule.manage': 'work',
  'schedule.read': 'always',
  'closing_day.manage': 'work',
  'vehicle.manage': 'work',
  'vehicle.read': 'always',
  'location.manage': 'work',
  'location.read': 'always',
  'facility.manage': 'work',
  'facility.read': 'always',
  'lesson_type.manage': 'work',
  'lesson_type.read': 'always',

  // students
  'student.enrol': 'growth',
  'student.read': 'always',
  'student.list': 'always',
  'student.update': 'work',
  'student.import': 'growth',
  'student.export': 'always',
  'ward.list': 'always',
  'guardian.manage': 'work',
  'guardian.read': 'always',
  'student.export_data': 'always',
  'student.erase': 'always',
  'document.upload': 'work',
  'document.read': 'always',
  'document.delete': 'work',

  // finance
  'product.read': 'always',
  'product.manage': 'work',
  'package.sell': 'work',
  'discount.manage': 'work',
  'discount.redeem': 'work',
  'charge.create': 'work',
  'charge.read': 'always',
  'invoice.issue': 'work',
  'invoice.read': 'always',
  'invoice.credit': 'work',
  'invoice.pay': 'always',
  'payment.read': 'always',
  'payment.record': 'always',
  'payment.reverse': 'work',
  'till.use': 'always',
  'dunning.manage': 'work',
  'bank.import': 'always',
  'payment.refund': 'always',
  'payment.capture': 'always',
  'payment_method.read': 'always',
  'payment_method.save': 'always',
  'payment_method.remove': 'always',
  'payment_gateway.assign': 'always',
  'reconciliation.manage': 'always',
  'account.balance': 'always',
  'accounting.export': 'always',
  'finance.configure': 'work',
  'ledger.read': 'always',
  'ledger.close': 'work',
  'invoice.write_off': 'work',

  // billing
  'billing.manage': 'always',
  'subscription.read': 'always',
  'subscription.manage': 'always',
  'subscription.grant': 'always',

  // bookings
  'availability.read': 'always',
  'diary.read': 'always',
  'booking_rules.read': 'always',
  'booking_rules.manage': 'work',
  'booking.create': 'work',
  'booking.read': 'always',
  'booking.reschedule': 'work',
  'booking.cancel': 'always',
  'booking.waive_fee': 'always',
  'booking.confirm': 'work',
  'booking.complete': 'work',
  'calendar_feed.manage': 'work',
  'diary.follow': 'always',
  'exam.read': 'always',
  'exam.manage': 'work',
  'exam.configure': 'work',
  'course.manage': 'work',
  'course.read': 'always',
  'course.enrol': 'work',
  'course.teach': 'work',
  'waiting_list.join': 'work',
  'waiting_list.read': 'always',
  'waiting_list.configure': 'work',
  'offer.read': 'always',
  'offer.answer': 'work',
  'day.cancel': 'always',

  // notifications
  'message.read': 'always',
  'message.unblock': 'work',
  'message_usage.read': 'always',
  'message_preference.own': 'always',
  'message_preference.read': 'always',
  'message_preference.choose': 'always',
  'consent.record': 'always',
  'inbox.read': 'always',
  'message.retry': 'work',
  'message_text.manage': 'work',
  'announcement.manage': 'work',
} as const satisfies Record<Permission, PermissionEffect>;

export function effectOf(permission: Permission): PermissionEffect {
  return effects[permission];
}
