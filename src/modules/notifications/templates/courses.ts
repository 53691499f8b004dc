import type { MessageTemplate } from './engine.js';

/** What the texts about a course and its classes may use as `it.course`; all of it formatted for its reader. */
export interface CourseView {
  readonly course: {
    readonly name: string;
    /** Of the class; empty for the course as a whole. */
    readonly topic: string;
    /** Of the class: the whole time, with weekday and year. Of a course: when it begins. */
    readonly span: string;
    /** The start, short. */
    readonly moment: string;
    /** The start it was moved from; empty for other messages. */
    readonly previous: string;
    readonly teacher: string;
    /** Empty when it needs none. */
    readonly room: string;
    /** Empty when it costs nothing. */
    readonly price: string;
    /** Until when a seat is kept; empty for other messages. */
    readonly offeredUntil: string;
    /** Why it was cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}

const classFacts = {
  da: [
    ['Hold', '<%= it.course.name %>'],
    ['Emne', '<%= it.course.topic %>'],
    ['Lærer', '<%= it.course.teacher %>'],
    ['Lokale', '<%= it.course.room %>'],
  ],
  en: [
    ['Course', '<%= it.course.name %>'],
    ['Topic', '<%= it.course.topic %>'],
    ['Teacher', '<%= it.course.teacher %>'],
    ['Room', '<%= it.course.room %>'],
  ],
} as const;

const courseFacts = {
  da: [
    ['Hold', '<%= it.course.name %>'],
    ['Første gang', '<%= it.course.span %>'],
    ['Lærer', '<%= it.course.teacher %>'],
    ['Lokale', '<%= it.course.room %>'],
    ['Pris', '<%= it.course.price %>'],
  ],
  en: [
    ['Course', '<%= it.course.name %>'],
    ['First class', '<%= it.course.span %>'],
    ['Teacher', '<%= it.course.teacher %>'],
    ['Room', '<%= it.course.room %>'],
    ['Price', '<%= it.course.price %>'],
  ],
} as const;

export const courseEnrolled: MessageTemplate<CourseView> = {
  da: {
    subject: 'Tilmeldt: <%= it.course.name %>',
    heading: 'Du er tilmeldt holdet',
    paragraphs: ['Hej <%= it.reader.name %>', 'Du har en plads på holdet <%= it.course.name %>.'],
    facts: courseFacts.da,
    sms: '<%= it.sender.name %>: Du er tilmeldt <%= it.course.name %>. Første gang <%= it.course.moment %>.',
  },
  en: {
    subject: 'Enrolled: <%= it.course.name %>',
    heading: 'You are enrolled',
    paragraphs: ['Hi <%= it.reader.name %>', 'You have a seat on the course <%= it.course.name %>.'],
    facts: courseFacts.en,
    sms: '<%= it.sender.name %>: You are enrolled in <%= it.course.name %>. First class <%= it.course.moment %>.',
  },
};

export const courseSeatOffered: MessageTemplate<CourseView> = {
  da: {
    subject: 'Ledig plads: <%= it.course.name %>',
    heading: 'Der er en plads til dig',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Der er blevet en plads ledig på holdet <%= it.course.name %>, og du er den næste på ventelisten. Vi holder pladsen til dig indtil <%= it.course.offeredUntil %>. Sig ja inden da, ellers går den videre.',
    ],
    facts: courseFacts.da,
    sms: '<%= it.sender.name %>: Der er en plads til dig på <%= it.course.name %>. Sig ja inden <%= it.course.offeredUntil %>.',
  },
  en: {
    subject: 'A free seat: <%= it.course.name %>',
    heading: 'There is a seat for you',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'A seat has come free on the course <%= it.course.name %>, and you are the next on the waiting list. We keep it for you until <%= it.course.offeredUntil %>. Say yes before then, or it goes to the next one.',
    ],
    facts: courseFacts.en,
    sms: '<%= it.sender.name %>: There is a seat for you on <%= it.course.name %>. Say yes before <%= it.course.offeredUntil %>.',
  },
};

export const courseCancelled: MessageTemplate<CourseView> = {
  da: {
    subject: 'Aflyst: <%= it.course.name %>',
    heading: 'Holdet er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Holdet <%= it.course.name %> er aflyst, og der er ikke mere undervisning på det.',
    ],
    facts: [['Grund', '<%= it.course.cancelReason %>']],
    sms: '<%= it.sender.name %>: Holdet <%= it.course.name %> er aflyst.',
  },
  en: {
    subject: 'Cancelled: <%= it.course.name %>',
    heading: 'The course is cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The course <%= it.course.name %> is cancelled, and there are no more classes of it.',
    ],
    facts: [['Reason', '<%= it.course.cancelReason %>']],
    sms: '<%= it.sender.name %>: The course <%= it.course.name %> is cancelled.',
  },
};

export const classMoved: MessageTemplate<CourseView> = {
  da: {
    subject: 'Flyttet: <%= it.course.name %> <%= it.course.moment %>',
    heading: 'Undervisningen er flyttet',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Undervisningen <%= it.course.previous %> er flyttet til <%= it.course.span %>.',
    ],
    facts: classFacts.da,
    sms: '<%= it.sender.name %>: <%= it.course.name %> <%= it.course.previous %> er flyttet til <%= it.course.moment %>.',
  },
  en: {
    subject: 'Moved: <%= it.course.name %> <%= it.course.moment %>',
    heading: 'The class has been moved',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The class on <%= it.course.previous %> has been moved to <%= it.course.span %>.',
    ],
    facts: classFacts.en,
    sms: '<%= it.sender.name %>: <%= it.course.name %> <%= it.course.previous %> has been moved to <%= it.course.moment %>.',
  },
};

export const classCancelled: MessageTemplate<CourseView> = {
  da: {
    subject: 'Aflyst: <%= it.course.name %> <%= it.course.moment %>',
    heading: 'Undervisningen er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Undervisningen <%= it.course.span %> er aflyst. Holdets øvrige gange gælder stadig.',
    ],
    facts: [...classFacts.da, ['Grund', '<%= it.course.cancelReason %>']],
    sms: '<%= it.sender.name %>: <%= it.course.name %> <%= it.course.moment %> er aflyst. De øvrige gange gælder stadig.',
  },
  en: {
    subject: 'Cancelled: <%= it.course.name %> <%= it.course.moment %>',
    heading: 'The class is cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The class on <%= it.course.span %> is cancelled. The other classes of the course stand.',
    ],
    facts: [...classFacts.en, ['Reason', '<%= it.course.cancelReason %>']],
    sms: '<%= it.sender.name %>: <%= it.course.name %> <%= it.course.moment %> is cancelled. The other classes stand.',
  },
};
