import { Money } from '../../../platform/values/money.js';
import type { MessageTemplate } from './engine.js';
import { sampleStart } from './sample-times.js';

/** What the text about a payment that a customer's bank took back may use as `dispute`. */
export interface DisputeTextView {
  readonly dispute: {
    readonly amount: string;
    readonly provider: string;
    readonly opened: string;
    /** Empty once it is decided. */
    readonly open: string;
  };
}

/** What the text about an invoice that came back may use as `invoice`. */
export interface BounceTextView {
  readonly invoice: { readonly number: number };
}

/** What the text about a webhook endpoint that was given up may use as `webhook`. */
export interface WebhookTextView {
  readonly webhook: {
    readonly host: string;
    /** Empty when it has failed for days. */
    readonly gone: string;
  };
}

/** What the list of papers that run out may use as `documents`. */
export interface ExpiringTextView {
  readonly documents: {
    readonly count: number;
    /** The last day that was looked at. */
    readonly until: string;
    /** One line for each kind of paper, with its number; nobody is named. */
    readonly lines: string;
  };
}

export const schoolDisputeOpened: MessageTemplate<DisputeTextView> = {
  sample: (words) => ({
    dispute: { amount: words.amount(Money.of(65_000)), provider: 'stripe', opened: words.day(sampleStart), open: 'x' },
  }),
  da: {
    subject: 'En betaling på {{ dispute.amount }} er taget tilbage',
    heading: 'En betaling er taget tilbage',
    paragraphs: [
      'Hej {{ reader.name }}',
      'En kundes bank har gjort indsigelse mod en betaling og taget pengene tilbage. Fakturaen står åben igen.',
      '{% if dispute.open %}Svar på indsigelsen hos udbyderen inden fristen der. Uden svar er pengene tabt. Sagen står i Just Driving under indsigelser.{% else %}Sagen er tabt.{% endif %}',
    ],
    facts: [
      ['Beløb', '{{ dispute.amount }}'],
      ['Udbyder', '{{ dispute.provider }}'],
      ['Modtaget', '{{ dispute.opened }}'],
    ],
  },
  en: {
    subject: 'A payment of {{ dispute.amount }} was taken back',
    heading: 'A payment was taken back',
    paragraphs: [
      'Hi {{ reader.name }}',
      'A customer’s bank has disputed a payment and taken the money back. The invoice is open again.',
      '{% if dispute.open %}Answer the dispute at the provider before its deadline there. Without an answer the money is lost. The case stands in Just Driving under disputes.{% else %}The case is lost.{% endif %}',
    ],
    facts: [
      ['Amount', '{{ dispute.amount }}'],
      ['Provider', '{{ dispute.provider }}'],
      ['Received', '{{ dispute.opened }}'],
    ],
  },
};

/** What the text about a bookkeeping that takes our access no more may use as `books`. */
export interface BooksTextView {
  readonly books: { readonly provider: string };
}

export const schoolBooksDisconnected: MessageTemplate<BooksTextView> = {
  sample: () => ({ books: { provider: 'xero' } }),
  da: {
    subject: 'Forbindelsen til jeres regnskab er afbrudt',
    heading: 'Forbindelsen til jeres regnskab er afbrudt',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Regnskabssystemet {{ books.provider }} lukker os ikke ind længere, så intet sendes til det. Forbind det igen i Just Driving; så går det videre, hvor det slap, og intet sendes to gange.',
    ],
  },
  en: {
    subject: 'Your bookkeeping is no longer connected',
    heading: 'Your bookkeeping is no longer connected',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The bookkeeping system {{ books.provider }} lets us in no more, so nothing is sent to it. Connect it again in Just Driving; it goes on where it was, and nothing is sent twice.',
    ],
  },
};

export const schoolInvoiceBounced: MessageTemplate<BounceTextView> = {
  sample: () => ({ invoice: { number: 1042 } }),
  da: {
    subject: 'Faktura {{ invoice.number }} kom ikke frem',
    heading: 'Faktura {{ invoice.number }} kom ikke frem',
    paragraphs: [
      'Hej {{ reader.name }}',
      'E-mailen med faktura {{ invoice.number }} kom tilbage fra modtagerens adresse. Ret adressen på eleven, og send fakturaen igen.',
    ],
  },
  en: {
    subject: 'Invoice {{ invoice.number }} did not arrive',
    heading: 'Invoice {{ invoice.number }} did not arrive',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The e-mail with invoice {{ invoice.number }} came back from its reader’s address. Correct the student’s address and send the invoice again.',
    ],
  },
};

export const schoolWebhookDisabled: MessageTemplate<WebhookTextView> = {
  sample: () => ({ webhook: { host: 'receiver.example', gone: '' } }),
  da: {
    subject: 'Webhooks til {{ webhook.host }} er slået fra',
    heading: 'Webhooks til {{ webhook.host }} er slået fra',
    paragraphs: [
      'Hej {{ reader.name }}',
      '{% if webhook.gone %}{{ webhook.host }} svarede, at den ikke vil have mere.{% else %}{{ webhook.host }} har ikke taget imod noget i tre dage.{% endif %} Der sendes derfor ikke mere til den. Se i leveringsloggen, hvad der gik galt, genoptag adressen, og send igen, hvad der mangler.',
    ],
  },
  en: {
    subject: 'Webhooks to {{ webhook.host }} are switched off',
    heading: 'Webhooks to {{ webhook.host }} are switched off',
    paragraphs: [
      'Hi {{ reader.name }}',
      '{% if webhook.gone %}{{ webhook.host }} answered that it wants nothing more.{% else %}{{ webhook.host }} has taken nothing for three days.{% endif %} So nothing is sent to it any more. See in the delivery log what went wrong, resume the endpoint and replay what is missing.',
    ],
  },
};

export const schoolDocumentsExpiring: MessageTemplate<ExpiringTextView> = {
  sample: (words) => ({
    documents: {
      count: 4,
      until: words.date('2026-12-31'),
      lines: words.either({
        da: 'Førstehjælpsbeviser: 3\nLægeerklæringer: 1',
        en: 'First-aid certificates: 3\nMedical certificates: 1',
      }),
    },
  }),
  da: {
    subject:
      '{{ documents.count }} {% if documents.count == 1 %}papir udløber{% else %}papirer udløber{% endif %} inden {{ documents.until }}',
    heading: 'Elevers papirer udløber snart',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Så mange af elevernes papirer udløber senest {{ documents.until }} uden at et nyere er afleveret. Eleverne har selv fået besked. Hvem det er, står i Just Driving under elevernes dokumenter.',
    ],
    list: '{{ documents.lines }}',
  },
  en: {
    subject:
      '{{ documents.count }} {% if documents.count == 1 %}paper expires{% else %}papers expire{% endif %} by {{ documents.until }}',
    heading: 'Students’ papers expire soon',
    paragraphs: [
      'Hi {{ reader.name }}',
      'So many of the students’ papers expire by {{ documents.until }} and no newer one was handed in. The students have been told. Who they are stands in Just Driving under the students’ documents.',
    ],
    list: '{{ documents.lines }}',
  },
};

/** What the list of differences from the gateway's books may use as `differences`. */
export interface DifferencesTextView {
  readonly differences: {
    readonly count: number;
    /** One line for each kind, with its number. */
    readonly lines: string;
  };
}

export const schoolDifferencesFound: MessageTemplate<DifferencesTextView> = {
  sample: (words) => ({
    differences: {
      count: 3,
      lines: words.either({
        da: 'Betalinger, der mangler hos os: 2\nBeløb, der ikke passer: 1',
        en: 'Payments missing here: 2\nAmounts that differ: 1',
      }),
    },
  }),
  da: {
    subject: 'Afstemning: {{ differences.count }} {% if differences.count == 1 %}forskel{% else %}forskelle{% endif %}',
    heading: 'Afstemningen har fundet forskelle',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Udbyderens regnskab og skolens siger ikke det samme. Så mange forskelle er åbne; de står i Just Driving under afstemning.',
    ],
    list: '{{ differences.lines }}',
  },
  en: {
    subject:
      'Reconciliation: {{ differences.count }} {% if differences.count == 1 %}difference{% else %}differences{% endif %}',
    heading: 'Reconciliation has found differences',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The provider’s books and the school’s do not say the same. So many differences are open; they stand in Just Driving under reconciliation.',
    ],
    list: '{{ differences.lines }}',
  },
};
