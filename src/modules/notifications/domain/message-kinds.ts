export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/**
 * Every kind of message and the channels it goes out on. Links that carry a token, and papers, go by e-mail alone:
 * a text message is short, dear and read on locked screens.
 */
export const messageKinds = {
  invitation: ['email'],
  password_reset: ['email'],
  lesson_booked: ['email', 'sms'],
  lesson_moved: ['email', 'sms'],
  lesson_cancelled: ['email', 'sms'],
  lesson_reminder: ['email', 'sms'],
  teacher_lesson_booked: ['email', 'sms'],
  teacher_lesson_moved: ['email', 'sms'],
  teacher_lesson_cancelled: ['email', 'sms'],
  invoice_issued: ['email'],
  payment_received: ['email'],
  refund_completed: ['email'],
} as const satisfies Record<string, readonly Channel[]>;

export type MessageKind = keyof typeof messageKinds;

export const messageKindNames = Object.keys(messageKinds) as MessageKind[];
