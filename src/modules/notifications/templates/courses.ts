import { Money } from '../../../platform/values/money.js';
import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';
import type { MessageTemplate } from './engine.js';

/** What the texts about a course and its classes may use as `course`; all of it formatted for its reader. */
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

type Course = CourseView['course'];
const reason = { da: 'Læreren er syg', en: 'The teacher is ill' };

function courseSample(words: Wording, changes: Partial<Course> = {}): CourseView {
  const price = words.amount(Money.of(250_000));
  const course = { name: 'Teori B, aftenhold', span: words.moment(start), moment: words.moment(start), price };
  const rest = {
    topic: '',
    previous: '',
    teacher: 'Mette Krogh',
    room: 'Lokale 1',
    offeredUntil: '',
    cancelReason: '',
  };
  return { course: { ...course, ...rest, ...changes } };
}

function classSample(words: Wording, changes: Partial<Course> = {}): CourseView {
  return courseSample(words, { topic: 'Færdselslære 1', span: words.span(start, end), price: '', ...changes });
}

const classFacts = {
  da: [
    ['Hold', '{{ course.name }}'],
    ['Emne', '{{ course.topic }}'],
    ['Lærer', '{{ course.teacher }}'],
    ['Lokale', '{{ course.room }}'],
  ],
  en: [
    ['Course', '{{ course.name }}'],
    ['Topic', '{{ course.topic }}'],
    ['Teacher', '{{ course.teacher }}'],
    ['Room', '{{ course.room }}'],
  ],
} as const;

const courseFacts = {
  da: [
    ['Hold', '{{ course.name }}'],
    ['Første gang', '{{ course.span }}'],
    ['Lærer', '{{ course.teacher }}'],
    ['Lokale', '{{ course.room }}'],
    ['Pris', '{{ course.price }}'],
  ],
  en: [
    ['Course', '{{ course.name }}'],
    ['First class', '{{ course.span }}'],
    ['Teacher', '{{ course.teacher }}'],
    ['Room', '{{ course.room }}'],
    ['Price', '{{ course.price }}'],
  ],
} as const;

export const courseEnrolled: MessageTemplate<CourseView> = {
  sample: (words) => courseSample(words),
  da: {
    subject: 'Tilmeldt: {{ course.name }}',
    heading: 'Du er tilmeldt holdet',
    paragraphs: ['Hej {{ reader.name }}', 'Du har en plads på holdet {{ course.name }}.'],
    facts: courseFacts.da,
    sms: '{{ sender.name }}: Du er tilmeldt {{ course.name }}. Første gang {{ course.moment }}.',
  },
  en: {
    subject: 'Enrolled: {{ course.name }}',
    heading: 'You are enrolled',
    paragraphs: ['Hi {{ reader.name }}', 'You have a seat on the course {{ course.name }}.'],
    facts: courseFacts.en,
    sms: '{{ sender.name }}: You are enrolled in {{ course.name }}. First class {{ course.moment }}.',
  },
};

export const courseSeatOffered: MessageTemplate<CourseView> = {
  sample: (words) => courseSample(words, { offeredUntil: words.moment(end) }),
  da: {
    subject: 'Ledig plads: {{ course.name }}',
    heading: 'Der er en plads til dig',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Der er blevet en plads ledig på holdet {{ course.name }}, og du er den næste på ventelisten. Vi holder pladsen til dig indtil {{ course.offeredUntil }}. Sig ja inden da, ellers går den videre.',
    ],
    facts: courseFacts.da,
    sms: '{{ sender.name }}: Der er en plads til dig på {{ course.name }}. Sig ja inden {{ course.offeredUntil }}.',
  },
  en: {
    subject: 'A free seat: {{ course.name }}',
    heading: 'There is a seat for you',
    paragraphs: [
      'Hi {{ reader.name }}',
      'A seat has come free on the course {{ course.name }}, and you are the next on the waiting list. We keep it for you until {{ course.offeredUntil }}. Say yes before then, or it goes to the next one.',
    ],
    facts: courseFacts.en,
    sms: '{{ sender.name }}: There is a seat for you on {{ course.name }}. Say yes before {{ course.offeredUntil }}.',
  },
};

export const courseCancelled: MessageTemplate<CourseView> = {
  sample: (words) => courseSample(words, { cancelReason: words.either(reason) }),
  da: {
    subject: 'Aflyst: {{ course.name }}',
    heading: 'Holdet er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Holdet {{ course.name }} er aflyst, og der er ikke mere undervisning på det.',
    ],
    facts: [['Grund', '{{ course.cancelReason }}']],
    sms: '{{ sender.name }}: Holdet {{ course.name }} er aflyst.',
  },
  en: {
    subject: 'Cancelled: {{ course.name }}',
    heading: 'The course is cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The course {{ course.name }} is cancelled, and there are no more classes of it.',
    ],
    facts: [['Reason', '{{ course.cancelReason }}']],
    sms: '{{ sender.name }}: The course {{ course.name }} is cancelled.',
  },
};

export const classMoved: MessageTemplate<CourseView> = {
  sample: (words) => classSample(words, { previous: words.moment(end) }),
  da: {
    subject: 'Flyttet: {{ course.name }} {{ course.moment }}',
    heading: 'Undervisningen er flyttet',
    paragraphs: ['Hej {{ reader.name }}', 'Undervisningen {{ course.previous }} er flyttet til {{ course.span }}.'],
    facts: classFacts.da,
    sms: '{{ sender.name }}: {{ course.name }} {{ course.previous }} er flyttet til {{ course.moment }}.',
  },
  en: {
    subject: 'Moved: {{ course.name }} {{ course.moment }}',
    heading: 'The class has been moved',
    paragraphs: ['Hi {{ reader.name }}', 'The class on {{ course.previous }} has been moved to {{ course.span }}.'],
    facts: classFacts.en,
    sms: '{{ sender.name }}: {{ course.name }} {{ course.previous }} has been moved to {{ course.moment }}.',
  },
};

export const classCancelled: MessageTemplate<CourseView> = {
  sample: (words) => classSample(words, { cancelReason: words.either(reason) }),
  da: {
    subject: 'Aflyst: {{ course.name }} {{ course.moment }}',
    heading: 'Undervisningen er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Undervisningen {{ course.span }} er aflyst. Holdets øvrige gange gælder stadig.',
    ],
    facts: [...classFacts.da, ['Grund', '{{ course.cancelReason }}']],
    sms: '{{ sender.name }}: {{ course.name }} {{ course.moment }} er aflyst. De øvrige gange gælder stadig.',
  },
  en: {
    subject: 'Cancelled: {{ course.name }} {{ course.moment }}',
    heading: 'The class is cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The class on {{ course.span }} is cancelled. The other classes of the course stand.',
    ],
    facts: [...classFacts.en, ['Reason', '{{ course.cancelReason }}']],
    sms: '{{ sender.name }}: {{ course.name }} {{ course.moment }} is cancelled. The other classes stand.',
  },
};

export const classReminder: MessageTemplate<CourseView> = {
  sample: (words) => classSample(words),
  da: {
    subject: 'Husk: {{ course.name }} {{ course.moment }}',
    heading: 'Husk din undervisning',
    paragraphs: ['Hej {{ reader.name }}', 'Vi minder om undervisningen hos os.'],
    facts: [['Tid', '{{ course.span }}'], ...classFacts.da],
    sms: '{{ sender.name }}: Husk {{ course.name }} {{ course.moment }}{% if course.room %}, {{ course.room }}{% endif %}.',
  },
  en: {
    subject: 'Reminder: {{ course.name }} {{ course.moment }}',
    heading: 'Your class is coming up',
    paragraphs: ['Hi {{ reader.name }}', 'This is a reminder of your class with us.'],
    facts: [['Time', '{{ course.span }}'], ...classFacts.en],
    sms: '{{ sender.name }}: Remember {{ course.name }} {{ course.moment }}{% if course.room %}, {{ course.room }}{% endif %}.',
  },
};
