import type { MessageTemplate } from './engine.js';
import { sampleStart } from './sample-times.js';

/** What the texts about somebody who asked the school may use as `lead`. */
export interface LeadTextView {
  readonly lead: {
    readonly source: string;
    readonly received: string;
    readonly category: string;
    /** Empty for somebody who only asks. */
    readonly registration: string;
  };
}

const facts = {
  da: [
    ['Kilde', '{{ lead.source }}'],
    ['Kategori', '{{ lead.category }}'],
    ['Modtaget', '{{ lead.received }}'],
  ],
  en: [
    ['Source', '{{ lead.source }}'],
    ['Category', '{{ lead.category }}'],
    ['Received', '{{ lead.received }}'],
  ],
} as const;

const sample: MessageTemplate<LeadTextView>['sample'] = (words) => ({
  lead: { source: 'findkoreskole.dk', received: words.moment(sampleStart), category: 'B', registration: 'x' },
});

export const schoolLeadReceived: MessageTemplate<LeadTextView> = {
  sample,
  da: {
    subject: 'Ny {% if lead.registration %}tilmelding{% else %}henvendelse{% endif %} fra {{ lead.source }}',
    heading: 'Nogen vil gerne høre fra skolen',
    paragraphs: [
      'Hej {{ reader.name }}',
      '{% if lead.registration %}Der er kommet en tilmelding.{% else %}Der er kommet en henvendelse.{% endif %} Hvem det er, og hvad der bliver spurgt om, står i Just Driving under henvendelser. Ring eller skriv, og notér det dér.',
    ],
    facts: facts.da,
  },
  en: {
    subject: 'New {% if lead.registration %}registration{% else %}enquiry{% endif %} from {{ lead.source }}',
    heading: 'Somebody would like to hear from the school',
    paragraphs: [
      'Hi {{ reader.name }}',
      '{% if lead.registration %}A registration has come in.{% else %}An enquiry has come in.{% endif %} Who it is and what is asked stands in Just Driving under leads. Call or write, and note it there.',
    ],
    facts: facts.en,
  },
};

export const schoolLeadUntouched: MessageTemplate<LeadTextView> = {
  sample,
  da: {
    subject: 'En henvendelse fra {{ lead.source }} venter stadig',
    heading: 'Ingen har svaret på en henvendelse',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Ingen på skolen har noteret, at der er svaret. Den, der venter længe, spørger en anden skole. Henvendelsen står i Just Driving under henvendelser.',
    ],
    facts: facts.da,
  },
  en: {
    subject: 'An enquiry from {{ lead.source }} is still waiting',
    heading: 'Nobody has answered an enquiry',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Nobody at the school has noted an answer. Whoever waits long asks another school. The enquiry stands in Just Driving under leads.',
    ],
    facts: facts.en,
  },
};
