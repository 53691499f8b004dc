import type { Channel } from './channels.js';
import type { Topic } from './topics.js';

export { type Channel, channels } from './channels.js';

/**
 * Why a message is sent: about somebody's own account or school (nobody can switch that off), about what he has with the
 * school (he may choose how), or to sell him something (only while he consents).
 */
export const purposes = ['account', 'service', 'marketing'] as const;
export type Purpose = (typeof purposes)[number];

/**
 * When it breaks the quiet hours, and is worth another channel when the first one fails: `within_a_day` while what it tells
 * about (the message's `happensAt`) is less than 24 hours away.
 */
export type Urgency = 'always' | 'within_a_day' | false;

export interface KindTraits {
  readonly channels: readonly Channel[];
  readonly purpose: Purpose;
  /** What people switch on and off. */
  readonly topic: Topic;
  readonly urgent: Urgency;
  /** The guardians of a student under age get a copy. */
  readonly copyToGuardians: boolean;
  /** Comes in masses: it waits in a lane of its own, behind nobody's confirmation. */
  readonly inBulk?: boolean;
}

// Papers, and links that open an account, go by e-mail alone: a text message is short, dear and read on locked screens.
const emailOnly = ['email'] as const;
const both = ['email', 'sms'] as const;

const account = {
  channels: emailOnly,
  purpose: 'account',
  topic: 'account',
  urgent: 'always',
  copyToGuardians: false,
} as const;

/** To a student about what he has with the school; his guardians hear it too. */
const toStudent = <T extends Topic>(topic: T) =>
  ({ channels: both, purpose: 'service', topic, urgent: false, copyToGuardians: true }) as const;
const toTeacher = {
  channels: both,
  purpose: 'service',
  topic: 'lessons',
  urgent: false,
  copyToGuardians: false,
} as const;
const paper = { ...toStudent('money'), channels: emailOnly } as const;

/** What staff write themselves; whoever is meant is chosen one by one, so nobody gets a copy. */
const written = { channels: both, urgent: false, copyToGuardians: false, inBulk: true } as const;

/** To those who run a school, about what they are to look at. */
const toStaff = {
  channels: emailOnly,
  purpose: 'service',
  topic: 'money',
  urgent: false,
  copyToGuardians: false,
} as const;

/** Somebody may otherwise stand in the cold. */
const changesPlans = { urgent: 'within_a_day' } as const;

/** Every kind of message: the channels it goes out on, and how it is to be treated. */
export const messageKinds = {
  invitation: account,
  password_reset: account,
  lesson_booked: toStudent('lessons'),
  lesson_moved: { ...toStudent('lessons'), ...changesPlans },
  lesson_cancelled: { ...toStudent('lessons'), ...changesPlans },
  lesson_reminder: toStudent('reminders'),
  class_reminder: toStudent('reminders'),
  exam_reminder: toStudent('reminders'),
  teacher_lesson_booked: toTeacher,
  teacher_lesson_moved: { ...toTeacher, ...changesPlans },
  teacher_lesson_cancelled: { ...toTeacher, ...changesPlans },
  lessons_booked: toStudent('lessons'),
  lessons_moved: { ...toStudent('lessons'), ...changesPlans },
  lessons_cancelled: { ...toStudent('lessons'), ...changesPlans },
  teacher_lessons_booked: toTeacher,
  teacher_lessons_moved: { ...toTeacher, ...changesPlans },
  teacher_lessons_cancelled: { ...toTeacher, ...changesPlans },
  exam_planned: toStudent('exams'),
  exam_moved: { ...toStudent('exams'), ...changesPlans },
  exam_cancelled: { ...toStudent('exams'), ...changesPlans },
  exam_deadline: toStudent('exams'),
  // Gone in hours; whoever makes the offer looks at the hour of the day.
  waiting_list_joined: { ...toStudent('offers'), channels: emailOnly },
  time_offered: { ...toStudent('offers'), urgent: 'always' },
  day_cancelled: { ...toStudent('lessons'), ...changesPlans },
  teacher_day_ahead: { ...toTeacher, channels: emailOnly, topic: 'reminders' },
  teacher_day_cancelled: { ...toTeacher, ...changesPlans },
  course_enrolled: toStudent('courses'),
  course_seat_offered: toStudent('courses'),
  course_cancelled: { ...toStudent('courses'), ...changesPlans },
  class_moved: { ...toStudent('courses'), ...changesPlans },
  class_cancelled: { ...toStudent('courses'), ...changesPlans },
  // The way into his own account there.
  theory_linked: { ...account, urgent: false },
  invoice_issued: paper,
  credit_note_issued: paper,
  payment_reminder: toStudent('money'),
  payment_fee_reminder: toStudent('money'),
  booking_stopped: toStudent('money'),
  card_not_charged: toStudent('money'),
  payment_received: paper,
  refund_completed: paper,
  payment_failed: toStudent('money'),
  document_expiring: toStudent('reminders'),
  welcome: { ...account, urgent: false },
  announcement: { ...written, purpose: 'service', topic: 'news' },
  announcement_marketing: { ...written, purpose: 'marketing', topic: 'marketing' },
  school_dispute_opened: toStaff,
  school_differences_found: toStaff,
  school_invoice_bounced: toStaff,
  school_webhook_disabled: { ...toStaff, topic: 'reminders' },
  school_books_disconnected: toStaff,
  school_documents_expiring: { ...toStaff, topic: 'reminders' },
  school_lead_received: { ...toStaff, topic: 'news' },
  school_lead_untouched: { ...toStaff, topic: 'news' },
  platform_dead_letters: { ...account, urgent: false },
  trial_ending: account,
  subscription_unpaid: account,
  subscription_restricted: account,
  subscription_read_only: account,
  subscription_restored: account,
} as const satisfies Record<string, KindTraits>;

export type MessageKind = keyof typeof messageKinds;

export const messageKindNames = Object.keys(messageKinds) as MessageKind[];

/** How a kind is to be treated, where any kind may stand. */
export function traitsOf(kind: MessageKind): KindTraits {
  return messageKinds[kind];
}
