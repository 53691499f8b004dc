import { Money } from '../../../platform/values/money.js';
import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';
import type { MessageTemplate } from './engine.js';

/** What the texts about a school's subscription may use; amounts and dates formatted for their reader. */
export interface SubscriptionTextView {
  readonly subscription: {
    readonly plan: string;
    readonly seats: string;
    /** A month. */
    readonly price: string;
    readonly trialEnds: string;
    readonly restrictedFrom: string;
    readonly readOnlyFrom: string;
    /** Where what is owed can be paid; empty when nothing waits to be paid. */
    readonly payLink: string;
  };
}

type Template = MessageTemplate<SubscriptionTextView>;

function sample(words: Wording): SubscriptionTextView {
  return {
    subscription: {
      plan: 'Standard',
      seats: '4',
      price: words.amount(Money.of(99_600)),
      trialEnds: words.day(start),
      restrictedFrom: words.day(start),
      readOnlyFrom: words.day(end),
      payLink: 'https://invoice.stripe.example/i/1',
    },
  };
}

const hello = { da: 'Hej {{ reader.name }}', en: 'Hi {{ reader.name }}' };
const pay = {
  da: { label: 'Betal nu', link: '{{ subscription.payLink }}' },
  en: { label: 'Pay now', link: '{{ subscription.payLink }}' },
};
const nothingIsLost = {
  da: 'Intet bliver slettet. Når der er betalt, virker alt igen med det samme.',
  en: 'Nothing is deleted. Once it is paid, everything works again at once.',
};
const facts = {
  da: [
    ['Plan', '{{ subscription.plan }}'],
    ['Kørelærere', '{{ subscription.seats }}'],
    ['Om måneden', '{{ subscription.price }}'],
  ],
  en: [
    ['Plan', '{{ subscription.plan }}'],
    ['Teachers', '{{ subscription.seats }}'],
    ['A month', '{{ subscription.price }}'],
  ],
} as const;

export const trialEnding: Template = {
  sample,
  da: {
    subject: 'Prøvetiden slutter {{ subscription.trialEnds }}',
    heading: 'Prøvetiden slutter snart',
    paragraphs: [
      hello.da,
      'Læg skolens kort ind under abonnement inden {{ subscription.trialEnds }}, så mærker ingen noget. Der trækkes ikke penge før den dag.',
    ],
    facts: facts.da,
  },
  en: {
    subject: 'The trial ends on {{ subscription.trialEnds }}',
    heading: 'The trial ends soon',
    paragraphs: [
      hello.en,
      'Leave the school’s card under subscription before {{ subscription.trialEnds }}, and nobody will notice. Nothing is taken before that day.',
    ],
    facts: facts.en,
  },
};

export const subscriptionUnpaid: Template = {
  sample,
  da: {
    subject: 'Skolens abonnement er ikke betalt',
    heading: 'Vi har ikke fået betaling',
    paragraphs: [
      hello.da,
      'Alt virker som før. Er der ikke betalt {{ subscription.restrictedFrom }}, kan der ikke tilføjes nye elever og kørelærere, og fra {{ subscription.readOnlyFrom }} kan skolen kun læses.',
      'Læg et kort ind, eller skift kortet, under abonnement.',
    ],
    facts: facts.da,
    action: pay.da,
  },
  en: {
    subject: 'The school’s subscription is not paid',
    heading: 'We have not been paid',
    paragraphs: [
      hello.en,
      'Everything works as before. If it is not paid by {{ subscription.restrictedFrom }}, no students or teachers can be added, and from {{ subscription.readOnlyFrom }} on the school can only be read.',
      'Leave a card, or change it, under subscription.',
    ],
    facts: facts.en,
    action: pay.en,
  },
};

export const subscriptionRestricted: Template = {
  sample,
  da: {
    subject: 'Skolen kan ikke få flere elever, før abonnementet er betalt',
    heading: 'Nye personer er sat på pause',
    paragraphs: [
      hello.da,
      'Abonnementet er stadig ikke betalt, så der kan ikke tilføjes elever, kørelærere eller andre personer. Alt andet virker indtil {{ subscription.readOnlyFrom }}.',
      nothingIsLost.da,
    ],
    facts: facts.da,
    action: pay.da,
  },
  en: {
    subject: 'No students can be added until the subscription is paid',
    heading: 'New people are paused',
    paragraphs: [
      hello.en,
      'The subscription is still not paid, so no students, teachers or other people can be added. Everything else works until {{ subscription.readOnlyFrom }}.',
      nothingIsLost.en,
    ],
    facts: facts.en,
    action: pay.en,
  },
};

export const subscriptionReadOnly: Template = {
  sample,
  da: {
    subject: 'Skolen kan kun læses, før abonnementet er betalt',
    heading: 'Skolen er sat på pause',
    paragraphs: [
      hello.da,
      'Abonnementet er ikke betalt. I kan stadig se og hente alt, aflyse tider og tage imod betaling fra elever, men ikke andet.',
      nothingIsLost.da,
    ],
    facts: facts.da,
    action: pay.da,
  },
  en: {
    subject: 'The school can only be read until the subscription is paid',
    heading: 'The school is paused',
    paragraphs: [
      hello.en,
      'The subscription is not paid. You can still see and export everything, cancel lessons and take payments from students, and nothing else.',
      nothingIsLost.en,
    ],
    facts: facts.en,
    action: pay.en,
  },
};

export const subscriptionRestored: Template = {
  sample,
  da: {
    subject: 'Alt virker igen',
    heading: 'Tak, alt virker igen',
    paragraphs: [hello.da, 'Skolens abonnement er i orden, og I kan bruge det hele igen.'],
    facts: facts.da,
  },
  en: {
    subject: 'Everything works again',
    heading: 'Thank you, everything works again',
    paragraphs: [hello.en, 'The school’s subscription is in order, and you can use all of it again.'],
    facts: facts.en,
  },
};
