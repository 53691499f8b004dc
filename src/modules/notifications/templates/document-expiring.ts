import type { MessageTemplate } from './engine.js';
import type { Wording } from './wording.js';

/** What the text about a paper that will soon not count any more may use as `document`. */
export interface DocumentView {
  readonly document: {
    /** "dit førstehjælpsbevis" */
    readonly name: string;
    /** The last day it counts. */
    readonly expires: string;
  };
}

export const documentExpiring: MessageTemplate<DocumentView> = {
  sample: (words: Wording) => ({
    document: {
      name: words.either({ da: 'dit førstehjælpsbevis', en: 'your first-aid certificate' }),
      expires: words.date('2026-12-31'),
    },
  }),
  da: {
    subject: '{{ document.name | capitalize }} udløber {{ document.expires }}',
    heading: 'Et papir udløber snart',
    paragraphs: [
      'Hej {{ reader.name }}',
      '{{ document.name | capitalize }} gælder til og med {{ document.expires }}. Skaf et nyt, og upload det, så din uddannelse ikke bliver forsinket.',
    ],
    sms: '{{ sender.name }}: {{ document.name | capitalize }} udløber {{ document.expires }}. Upload et nyt i god tid.',
  },
  en: {
    subject: '{{ document.name | capitalize }} expires on {{ document.expires }}',
    heading: 'A paper expires soon',
    paragraphs: [
      'Hi {{ reader.name }}',
      '{{ document.name | capitalize }} counts until {{ document.expires }}. Get a new one and upload it, so that your training is not held up.',
    ],
    sms: '{{ sender.name }}: {{ document.name | capitalize }} expires on {{ document.expires }}. Upload a new one in good time.',
  },
};
