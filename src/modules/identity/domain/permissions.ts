import type { Grantee } from '../../../platform/auth/access-directory.js';
import type { Role } from '../../../platform/auth/actor.js';

const office = ['owner', 'office'] as const satisfies readonly Role[];
const staff = ['owner', 'office', 'teacher'] as const satisfies readonly Role[];
const everyone = ['owner', 'office', 'teacher', 'student', 'guardian'] as const satisfies readonly Role[];
// The student, who speaks for him, and the office: what he owes, and his papers, are not his teacher's business.
const concerned = ['owner', 'office', 'student', 'guardian'] as const satisfies readonly Role[];

/**
 * Every permission and the roles that have it. Whether somebody may touch *this* row (only his own) is the module's
 * own policy. `platform_admin` stands only where no school's personal data is involved, `partner` where a program with an API
 * key may be let in: to read, enrol and book, not to pay out or to say who may what. `platform_partner` is a partner of the platform
 * with a key of his own, outside of every school.
 */
export const permissions = {
  // identity
  'account.read': ['signed_in'],
  'account.update': ['signed_in'],
  'ops.read': ['platform_admin'],
  'ops.manage': ['platform_admin'],
  'audit.read': ['owner'],
  'platform_audit.read': ['platform_admin'],
  'support_access.open': ['platform_admin'],
  'support_access.read': ['owner', 'platform_admin'],
  'support_access.close': ['owner', 'platform_admin'],
  'member.read': office,
  'member.manage': office,
  'sign_in_rules.manage': ['owner'],
  'api_key.manage': ['owner'],
  'partner_key.manage': ['platform_admin'],
  'directory.read': ['platform_partner'],
  'leads.write': ['platform_partner'],
  'events.subscribe': ['platform_partner'],

  // schools
  'school.create': ['platform_admin'],
  'school.list': ['platform_admin'],
  'school.read': [...everyone, 'platform_admin', 'partner'],
  'school.update': ['owner'],
  'teacher.manage': office,
  'teacher.read': [...everyone, 'partner'],
  'schedule.manage': staff,
  'schedule.read': [...staff, 'partner'],
  'integration.read': office,
  'closing_day.manage': office,
  'vehicle.manage': office,
  'vehicle.read': [...staff, 'partner'],
  'location.manage': office,
  'location.read': [...everyone, 'partner'],
  'facility.manage': office,
  'facility.read': [...everyone, 'partner'],
  'lesson_type.manage': office,
  'lesson_type.read': [...everyone, 'partner'],
  'listing.read': office,
  'listing.manage': ['owner'],

  // students
  'student.enrol': [...office, 'partner'],
  'student.read': [...everyone, 'partner'],
  'student.list': [...staff, 'partner'],
  'student.update': [...office, 'partner'],
  'student.import': office,
  'student.export': [...office, 'partner'],
  'ward.list': ['guardian'],
  'guardian.manage': office,
  // Not guardians: the other parent's address is none of their business.
  'guardian.read': [...staff, 'student'],
  'student.export_data': [...office, 'student', 'guardian'],
  'student.erase': ['owner'],
  'document.upload': [...concerned, 'partner'],
  'document.read': [...concerned, 'partner'],
  'document.delete': office,
  'lead.read': office,
  'lead.manage': office,
  'lead.convert': office,

  // education
  'theory.configure': office,
  'theory.link': staff,
  'theory.read': [...everyone, 'partner'],
  'theory.list': [...staff, 'partner'],

  // finance
  'product.read': [...everyone, 'partner'],
  'product.manage': office,
  'package.sell': office,
  'discount.manage': office,
  'discount.redeem': concerned,
  'charge.create': [...office, 'partner'],
  'charge.read': [...concerned, 'partner'],
  'invoice.issue': office,
  'invoice.read': [...concerned, 'partner'],
  'invoice.credit': office,
  'invoice.pay': concerned,
  'payment.read': [...concerned, 'partner'],
  'payment.record': office,
  'payment.reverse': office,
  'till.use': office,
  'dunning.manage': office,
  'bank.import': office,
  'payment.refund': office,
  'payment.capture': office,
  'payment_method.read': concerned,
  // Consent is the payer's own to give; the office may take the card away on his word.
  'payment_method.save': ['student', 'guardian'],
  'payment_method.remove': concerned,
  'payment_gateway.assign': ['platform_admin'],
  'reconciliation.manage': office,
  'account.balance': [...concerned, 'partner'],
  'accounting.export': [...office, 'partner'],
  'accounting.read': office,
  'accounting.sync': office,
  'accounting.configure': ['owner'],
  'finance.configure': ['owner'],
  'ledger.read': office,
  'ledger.close': ['owner'],
  'invoice.write_off': office,

  // billing
  'billing.manage': ['platform_admin'],
  'subscription.read': [...office, 'platform_admin'],
  'subscription.manage': ['owner'],
  'subscription.grant': ['platform_admin'],

  // bookings
  'availability.read': [...everyone, 'partner'],
  'diary.read': [...staff, 'partner'],
  'booking_rules.read': [...everyone, 'partner'],
  'booking_rules.manage': office,
  'booking.create': [...everyone, 'partner'],
  'booking.read': [...everyone, 'partner'],
  'booking.reschedule': [...everyone, 'partner'],
  'booking.cancel': [...everyone, 'partner'],
  'booking.waive_fee': staff,
  'booking.confirm': [...staff, 'partner'],
  'booking.complete': staff,
  // People's alone: a feed shows what its person may see.
  'calendar_feed.manage': everyone,
  'diary.follow': [...staff, 'partner'],
  'exam.read': [...everyone, 'partner'],
  'exam.manage': staff,
  'exam.configure': office,
  'course.manage': office,
  'course.read': [...everyone, 'partner'],
  'course.enrol': [...everyone, 'partner'],
  'course.teach': staff,
  'waiting_list.join': [...everyone, 'partner'],
  'waiting_list.read': [...everyone, 'partner'],
  'waiting_list.configure': office,
  'offer.read': everyone,
  'offer.answer': everyone,
  'day.cancel': staff,

  // notifications
  'message.read': everyone,
  'message.unblock': office,
  'message_usage.read': office,
  'message_preference.own': everyone,
  'message_preference.read': everyone,
  // What somebody hears of is his own to choose; the office may write down what he has signed.
  'message_preference.choose': ['student', 'guardian'],
  'consent.record': concerned,
  // People's alone: nobody else reads it.
  'inbox.read': everyone,
  'message.retry': office,
  'message_text.manage': office,
  'announcement.manage': office,

  // outgoing webhooks
  'webhook.read': [...office, 'partner'],
  'webhook.manage': ['owner'],
} as const satisfies Record<string, readonly Grantee[]>;

export type Permission = keyof typeof permissions;

/** What an API key may be made for. */
export type ApiKeyScope = {
  [Name in Permission]: 'partner' extends (typeof permissions)[Name][number] ? Name : never;
}[Permission];

export const apiKeyScopes = (Object.keys(permissions) as Permission[]).filter((name): name is ApiKeyScope =>
  (permissions[name] as readonly Grantee[]).includes('partner'),
);

/** What a partner's key may be made for. */
export type PartnerScope = {
  [Name in Permission]: 'platform_partner' extends (typeof permissions)[Name][number] ? Name : never;
}[Permission];

export const partnerScopes = (Object.keys(permissions) as Permission[]).filter((name): name is PartnerScope =>
  (permissions[name] as readonly Grantee[]).includes('platform_partner'),
);
