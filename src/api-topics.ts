import type { ApiTopics } from './platform/http/document/topics.js';

/** What the API is about, in the order in which somebody new reads it. */
export const apiTopics: ApiTopics = {
  all: [
    {
      name: 'Signing in',
      description: 'Sessions, passwords and invitations: begin with **Sign in with e-mail and password**.',
    },
    {
      name: 'API keys',
      description:
        'Keys for a school’s own programs and its partners: each may do what its scopes say, in this school alone.',
    },
    {
      name: 'Partner API',
      description:
        'For partners of the platform such as findkoreskole.dk, with keys of their own, over the schools that chose them.',
    },
    { name: 'Members', description: 'Who may do what in a school, and the invitations that are open.' },
    { name: 'Schools', description: 'A driving school with its address, its language and its rules.' },
    { name: 'Teachers', description: 'Who teaches at the school, and for which licences.' },
    { name: 'Schedules', description: 'When a teacher works, and when not.' },
    { name: 'Vehicles', description: 'What the school drives.' },
    { name: 'Locations', description: 'Branches and meeting points, and how long the way between them takes.' },
    { name: 'Facilities', description: 'Classrooms, manoeuvring tracks and skid pads, with their places.' },
    { name: 'Lesson types', description: 'What can be booked: how long it takes, what it needs and what it costs.' },
    { name: 'Listing', description: 'How the school shows itself in public directories, and in which.' },
    { name: 'Students', description: 'Who learns to drive here.' },
    { name: 'Leads', description: 'Who asked about lessons, and became a student or not.' },
    { name: 'Documents', description: 'The papers of a student: medical form, first-aid proof, contract.' },
    { name: 'Privacy', description: 'All that is kept about a student: handed over, or erased.' },
    { name: 'Theory', description: 'Students at the theory platform: their places there, and how far they are.' },
    { name: 'Bookings', description: 'Free times and the lessons in the diary.' },
    { name: 'Diary', description: 'The diary of a day, a week or a month, on screen and on paper, and as it changes.' },
    { name: 'Booking rules', description: 'Who may book what, how long before and how often.' },
    { name: 'Waiting list', description: 'Who waits for which time, and offers of times that came free.' },
    { name: 'Cancelled days', description: 'A whole day cancelled at once, with offers to everybody it hits.' },
    { name: 'Classes', description: 'Theory courses: plans, sessions, seats and attendance.' },
    { name: 'Exams', description: 'Theory and practical tests, booked with the authorities.' },
    { name: 'Calendar feeds', description: 'Lessons in Google, Apple, Outlook and other calendars.' },
    {
      name: 'Price list',
      description: 'What the school sells, from when at which price, and what was agreed with whom.',
    },
    {
      name: 'Packages',
      description: 'Lessons and other things sold together (lovpakke): sold, used, handed on, given back.',
    },
    { name: 'Instalments', description: 'What a student owes, paid in parts: an invoice for each, on its day.' },
    { name: 'Discounts', description: 'Vouchers that make a charge cheaper, and what was given.' },
    { name: 'Charges', description: 'What students owe before it is on an invoice.' },
    { name: 'Invoices', description: 'Invoices and credit notes, numbered without gaps, and paying them online.' },
    { name: 'Invoice drafts', description: 'Invoices before they are issued, and to whom they are written.' },
    { name: 'Payments', description: 'Money that came in, and refunds.' },
    {
      name: 'Reconciliation',
      description: 'The payment provider’s own books beside ours: differences, payouts and disputes.',
    },
    {
      name: 'Saved cards',
      description: 'Cards that students have left with the payment provider, to be charged later.',
    },
    { name: 'Tills', description: 'Notes and coins: opened with a float, counted when the day is over.' },
    { name: 'Bank statements', description: 'What came to the school’s bank account, and which invoices it pays.' },
    { name: 'Reminders', description: 'Who is reminded of unpaid invoices, and when.' },
    { name: 'Accounting', description: 'The journal for the bookkeeper, and how the school keeps its books.' },
    { name: 'Finance reports', description: 'Balances, VAT, revenue, arrears and what is still to be delivered.' },
    { name: 'Subscriptions', description: 'What schools pay the platform, and how they stand with it.' },
    { name: 'Inbox', description: 'What one has been told, as the app shows it, and what is new.' },
    { name: 'Messages', description: 'E-mails and texts to students and teachers, and what became of them.' },
    {
      name: 'Announcements',
      description: 'What a school tells a group of students: looked at, confirmed, followed, stopped.',
    },
    { name: 'Integrations', description: 'How the school stands with outside systems.' },
    {
      name: 'Webhook endpoints',
      description: 'Addresses that hear of what happens in the school, what was sent to them, and sending it again.',
    },
    { name: 'Audit log', description: 'Who did what: money, access and personal data.' },
    {
      name: 'Operations',
      description: 'What is dead, late or unheard, and mending it: for those who run the platform.',
    },
    { name: 'Webhooks', description: 'What providers call when something happened on their side.' },
    { name: 'Health', description: 'What balancers and monitors ask.' },
  ],
};
