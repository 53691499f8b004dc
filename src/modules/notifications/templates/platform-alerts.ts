import type { MessageTemplate } from './engine.js';
import { sampleStart } from './sample-times.js';

/** What the list of deliveries that were given up may use as `dead`. */
export interface DeadTextView {
  readonly dead: {
    readonly count: number;
    readonly until: string;
    /** One line for each handler, with its number. */
    readonly lines: string;
  };
}

export const platformDeadLetters: MessageTemplate<DeadTextView> = {
  sample: (words) => ({
    dead: {
      count: 4,
      until: words.moment(sampleStart),
      lines: 'bookings.offer-seat: 1\nnotifications.send-invoice: 3',
    },
  }),
  da: {
    subject: '{{ dead.count }} {% if dead.count == 1 %}levering{% else %}leveringer{% endif %} opgivet',
    heading: 'Leveringer er opgivet',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Siden sidste besked og indtil {{ dead.until }} er disse opgivet efter alle forsøg. Se fejlene under /ops, ret årsagen, og prøv dem igen.',
    ],
    list: '{{ dead.lines }}',
  },
  en: {
    subject: '{{ dead.count }} {% if dead.count == 1 %}delivery{% else %}deliveries{% endif %} given up',
    heading: 'Deliveries were given up',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Since the last message and until {{ dead.until }} these were given up after all their attempts. Look at the errors under /ops, mend the cause, and try them again.',
    ],
    list: '{{ dead.lines }}',
  },
};
