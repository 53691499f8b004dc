import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';
import type { MessageTemplate } from './engine.js';

/** What the texts about an exam may use as `exam`; all of it formatted for its reader. */
export interface ExamView {
  readonly exam: {
    /** "køreprøve B" */
    readonly name: string;
    /** The whole time, with weekday and year. */
    readonly span: string;
    /** The start, short. */
    readonly moment: string;
    /** The start it was moved from; empty for other messages. */
    readonly previous: string;
    readonly place: string;
    /** Empty for a theory exam. */
    readonly teacher: string;
    readonly vehicle: string;
    /** Until when it can be cancelled for free. */
    readonly cancelBy: string;
    /** Why it was cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}

function examSample(words: Wording): ExamView {
  return {
    exam: {
      name: words.either({ da: 'køreprøve B', en: 'driving test B' }),
      span: words.span(start, end),
      moment: words.moment(start),
      previous: '',
      place: 'Prøvestedet i Herlev',
      teacher: 'Mette Krogh',
      vehicle: 'VW Golf, AB 12 345',
      cancelBy: words.moment(start),
      cancelReason: '',
    },
  };
}

function movedExamSample(words: Wording): ExamView {
  return { exam: { ...examSample(words).exam, previous: words.moment(end) } };
}

function cancelledExamSample(words: Wording): ExamView {
  const cancelReason = words.either({ da: 'Prøvestedet er lukket', en: 'The test centre is closed' });
  return { exam: { ...examSample(words).exam, cancelReason } };
}

const facts = {
  da: [
    ['Tid', '{{ exam.span }}'],
    ['Sted', '{{ exam.place }}'],
    ['Kørelærer', '{{ exam.teacher }}'],
    ['Bil', '{{ exam.vehicle }}'],
    ['Kan afbestilles gratis til', '{{ exam.cancelBy }}'],
  ],
  en: [
    ['Time', '{{ exam.span }}'],
    ['Place', '{{ exam.place }}'],
    ['Instructor', '{{ exam.teacher }}'],
    ['Car', '{{ exam.vehicle }}'],
    ['Can be cancelled for free until', '{{ exam.cancelBy }}'],
  ],
} satisfies Record<string, [string, string][]>;

export const examPlanned: MessageTemplate<ExamView> = {
  sample: examSample,
  da: {
    subject: 'Din {{ exam.name }} er {{ exam.moment }}',
    heading: 'Din prøve er planlagt',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din {{ exam.name }} er planlagt. Husk gyldig billedlegitimation. Kan du ikke komme, så sig det til køreskolen i god tid.',
    ],
    facts: facts.da,
    sms: '{{ sender.name }}: Din {{ exam.name }} er {{ exam.moment }}. Husk billed-id.',
  },
  en: {
    subject: 'Your {{ exam.name }} is {{ exam.moment }}',
    heading: 'Your test is planned',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your {{ exam.name }} is planned. Bring valid photo identification. If you cannot come, tell the school in good time.',
    ],
    facts: facts.en,
    sms: '{{ sender.name }}: Your {{ exam.name }} is {{ exam.moment }}. Bring photo ID.',
  },
};

export const examMoved: MessageTemplate<ExamView> = {
  sample: movedExamSample,
  da: {
    subject: 'Flyttet: Din {{ exam.name }} er nu {{ exam.moment }}',
    heading: 'Din prøve er flyttet',
    paragraphs: ['Hej {{ reader.name }}', 'Din {{ exam.name }} {{ exam.previous }} er flyttet.'],
    facts: facts.da,
    sms: '{{ sender.name }}: Din {{ exam.name }} {{ exam.previous }} er flyttet til {{ exam.moment }}.',
  },
  en: {
    subject: 'Moved: Your {{ exam.name }} is now {{ exam.moment }}',
    heading: 'Your test has been moved',
    paragraphs: ['Hi {{ reader.name }}', 'Your {{ exam.name }} on {{ exam.previous }} has been moved.'],
    facts: facts.en,
    sms: '{{ sender.name }}: Your {{ exam.name }} {{ exam.previous }} has been moved to {{ exam.moment }}.',
  },
};

export const examCancelled: MessageTemplate<ExamView> = {
  sample: cancelledExamSample,
  da: {
    subject: 'Aflyst: Din {{ exam.name }} {{ exam.moment }}',
    heading: 'Din prøve er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din {{ exam.name }} {{ exam.moment }} er aflyst. Køreskolen aftaler en ny tid med dig.',
    ],
    facts: [['Årsag', '{{ exam.cancelReason }}']],
    sms: '{{ sender.name }}: Din {{ exam.name }} {{ exam.moment }} er aflyst.',
  },
  en: {
    subject: 'Cancelled: Your {{ exam.name }} {{ exam.moment }}',
    heading: 'Your test has been cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your {{ exam.name }} on {{ exam.moment }} has been cancelled. The school will agree on a new time with you.',
    ],
    facts: [['Reason', '{{ exam.cancelReason }}']],
    sms: '{{ sender.name }}: Your {{ exam.name }} {{ exam.moment }} has been cancelled.',
  },
};

export const examDeadline: MessageTemplate<ExamView> = {
  sample: examSample,
  da: {
    subject: 'Sidste frist: Din {{ exam.name }} kan afbestilles til {{ exam.cancelBy }}',
    heading: 'Er du klar til prøven?',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din {{ exam.name }} kan afbestilles gratis til {{ exam.cancelBy }}. Derefter er gebyret tabt. Er du i tvivl, så tal med køreskolen inden da.',
    ],
    facts: facts.da,
    sms: '{{ sender.name }}: Din {{ exam.name }} {{ exam.moment }} kan afbestilles gratis til {{ exam.cancelBy }}.',
  },
  en: {
    subject: 'Last chance: Your {{ exam.name }} can be cancelled until {{ exam.cancelBy }}',
    heading: 'Are you ready for the test?',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your {{ exam.name }} can be cancelled for free until {{ exam.cancelBy }}. After that the fee is lost. If you are in doubt, talk to the school before then.',
    ],
    facts: facts.en,
    sms: '{{ sender.name }}: Your {{ exam.name }} {{ exam.moment }} can be cancelled for free until {{ exam.cancelBy }}.',
  },
};

export const examReminder: MessageTemplate<ExamView> = {
  sample: examSample,
  da: {
    subject: 'Husk: Din {{ exam.name }} {{ exam.moment }}',
    heading: 'Husk din prøve',
    paragraphs: ['Hej {{ reader.name }}', 'Vi minder om din {{ exam.name }}. Husk gyldig billedlegitimation.'],
    facts: facts.da.slice(0, 4),
    sms: '{{ sender.name }}: Husk din {{ exam.name }} {{ exam.moment }}, {{ exam.place }}. Husk billed-id.',
  },
  en: {
    subject: 'Reminder: Your {{ exam.name }} {{ exam.moment }}',
    heading: 'Your test is coming up',
    paragraphs: [
      'Hi {{ reader.name }}',
      'This is a reminder of your {{ exam.name }}. Bring valid photo identification.',
    ],
    facts: facts.en.slice(0, 4),
    sms: '{{ sender.name }}: Remember your {{ exam.name }} {{ exam.moment }}, {{ exam.place }}. Bring photo ID.',
  },
};
