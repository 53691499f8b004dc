import type { MessageTemplate } from './engine.js';

/** What the texts about an exam may use as `it.exam`; all of it formatted for its reader. */
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

const facts = {
  da: [
    ['Tid', '<%= it.exam.span %>'],
    ['Sted', '<%= it.exam.place %>'],
    ['Kørelærer', '<%= it.exam.teacher %>'],
    ['Bil', '<%= it.exam.vehicle %>'],
    ['Kan afbestilles gratis til', '<%= it.exam.cancelBy %>'],
  ],
  en: [
    ['Time', '<%= it.exam.span %>'],
    ['Place', '<%= it.exam.place %>'],
    ['Instructor', '<%= it.exam.teacher %>'],
    ['Car', '<%= it.exam.vehicle %>'],
    ['Can be cancelled for free until', '<%= it.exam.cancelBy %>'],
  ],
} satisfies Record<string, [string, string][]>;

export const examPlanned: MessageTemplate<ExamView> = {
  da: {
    subject: 'Din <%= it.exam.name %> er <%= it.exam.moment %>',
    heading: 'Din prøve er planlagt',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Din <%= it.exam.name %> er planlagt. Husk gyldig billedlegitimation. Kan du ikke komme, så sig det til køreskolen i god tid.',
    ],
    facts: facts.da,
    sms: '<%= it.sender.name %>: Din <%= it.exam.name %> er <%= it.exam.moment %>. Husk billed-id.',
  },
  en: {
    subject: 'Your <%= it.exam.name %> is <%= it.exam.moment %>',
    heading: 'Your test is planned',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Your <%= it.exam.name %> is planned. Bring valid photo identification. If you cannot come, tell the school in good time.',
    ],
    facts: facts.en,
    sms: '<%= it.sender.name %>: Your <%= it.exam.name %> is <%= it.exam.moment %>. Bring photo ID.',
  },
};

export const examMoved: MessageTemplate<ExamView> = {
  da: {
    subject: 'Flyttet: Din <%= it.exam.name %> er nu <%= it.exam.moment %>',
    heading: 'Din prøve er flyttet',
    paragraphs: ['Hej <%= it.reader.name %>', 'Din <%= it.exam.name %> <%= it.exam.previous %> er flyttet.'],
    facts: facts.da,
    sms: '<%= it.sender.name %>: Din <%= it.exam.name %> <%= it.exam.previous %> er flyttet til <%= it.exam.moment %>.',
  },
  en: {
    subject: 'Moved: Your <%= it.exam.name %> is now <%= it.exam.moment %>',
    heading: 'Your test has been moved',
    paragraphs: ['Hi <%= it.reader.name %>', 'Your <%= it.exam.name %> on <%= it.exam.previous %> has been moved.'],
    facts: facts.en,
    sms: '<%= it.sender.name %>: Your <%= it.exam.name %> <%= it.exam.previous %> has been moved to <%= it.exam.moment %>.',
  },
};

export const examCancelled: MessageTemplate<ExamView> = {
  da: {
    subject: 'Aflyst: Din <%= it.exam.name %> <%= it.exam.moment %>',
    heading: 'Din prøve er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Din <%= it.exam.name %> <%= it.exam.moment %> er aflyst. Køreskolen aftaler en ny tid med dig.',
    ],
    facts: [['Årsag', '<%= it.exam.cancelReason %>']],
    sms: '<%= it.sender.name %>: Din <%= it.exam.name %> <%= it.exam.moment %> er aflyst.',
  },
  en: {
    subject: 'Cancelled: Your <%= it.exam.name %> <%= it.exam.moment %>',
    heading: 'Your test has been cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Your <%= it.exam.name %> on <%= it.exam.moment %> has been cancelled. The school will agree on a new time with you.',
    ],
    facts: [['Reason', '<%= it.exam.cancelReason %>']],
    sms: '<%= it.sender.name %>: Your <%= it.exam.name %> <%= it.exam.moment %> has been cancelled.',
  },
};

export const examDeadline: MessageTemplate<ExamView> = {
  da: {
    subject: 'Sidste frist: Din <%= it.exam.name %> kan afbestilles til <%= it.exam.cancelBy %>',
    heading: 'Er du klar til prøven?',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Din <%= it.exam.name %> kan afbestilles gratis til <%= it.exam.cancelBy %>. Derefter er gebyret tabt. Er du i tvivl, så tal med køreskolen inden da.',
    ],
    facts: facts.da,
    sms: '<%= it.sender.name %>: Din <%= it.exam.name %> <%= it.exam.moment %> kan afbestilles gratis til <%= it.exam.cancelBy %>.',
  },
  en: {
    subject: 'Last chance: Your <%= it.exam.name %> can be cancelled until <%= it.exam.cancelBy %>',
    heading: 'Are you ready for the test?',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Your <%= it.exam.name %> can be cancelled for free until <%= it.exam.cancelBy %>. After that the fee is lost. If you are in doubt, talk to the school before then.',
    ],
    facts: facts.en,
    sms: '<%= it.sender.name %>: Your <%= it.exam.name %> <%= it.exam.moment %> can be cancelled for free until <%= it.exam.cancelBy %>.',
  },
};
