import type { Channel } from './channels.js';

/** What must stay on of a topic: nothing, at least one of its channels, or this very channel. */
export type MustKeep = 'nothing' | 'one_channel' | Channel | 'everything';

/**
 * What messages are about, as people switch them on and off.
 * - `account`: access to the account, and the owners' own subscription
 * - `lessons`, `exams`, `courses`: booked, moved, cancelled; somebody who hears nothing of it comes in vain
 * - `money`: invoices and what follows from them; the papers go by e-mail
 * - `reminders`, `offers`, `news`: nice to have
 * - `marketing`: only with consent
 */
export const topics = {
  account: { mustKeep: 'everything' },
  lessons: { mustKeep: 'one_channel' },
  exams: { mustKeep: 'one_channel' },
  courses: { mustKeep: 'one_channel' },
  money: { mustKeep: 'email' },
  reminders: { mustKeep: 'nothing' },
  offers: { mustKeep: 'nothing' },
  news: { mustKeep: 'nothing' },
  marketing: { mustKeep: 'nothing' },
} as const satisfies Record<string, { readonly mustKeep: MustKeep }>;

export type Topic = keyof typeof topics;

export const topicNames = Object.keys(topics) as Topic[];
