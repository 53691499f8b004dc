import type { MessageTemplate } from './engine.js';

/** What the text about a place at the theory platform may use as `theory`. */
export interface TheoryLinkedView {
  readonly theory: {
    /** Where he makes his login; empty when he has one. */
    readonly link: string;
  };
}

export const theoryLinked: MessageTemplate<TheoryLinkedView> = {
  sample: () => ({ theory: { link: 'https://e-teori.dk/activate/eksempel' } }),
  da: {
    subject: 'Din teori er klar',
    heading: 'Din teori er klar',
    paragraphs: [
      'Hej {{ reader.name }}',
      '{{ sender.name }} har givet dig en plads på e-teori.dk, hvor du læser teori og tager prøver.',
      '{% if theory.link != "" %}Linket er dit eget: giv det ikke videre.{% else %}Log ind på e-teori.dk, som du plejer.{% endif %}',
    ],
    action: { label: 'Kom i gang', link: '{{ theory.link }}' },
  },
  en: {
    subject: 'Your theory is ready',
    heading: 'Your theory is ready',
    paragraphs: [
      'Hi {{ reader.name }}',
      '{{ sender.name }} has given you a place at e-teori.dk, where you read the theory and take tests.',
      '{% if theory.link != "" %}The link is your own: do not pass it on.{% else %}Sign in at e-teori.dk as you are used to.{% endif %}',
    ],
    action: { label: 'Begin', link: '{{ theory.link }}' },
  },
};
