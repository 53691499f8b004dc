import type { MessageTemplate } from './engine.js';
import { sampleEnd as end, sampleStart as start } from './sample-times.js';

/** What the list of a teacher's next day may use as `ahead`; all of it formatted for its reader. */
export interface DayAheadView {
  readonly ahead: {
    /** With its weekday. */
    readonly date: string;
    /** When the first begins. */
    readonly first: string;
    readonly count: number;
    /** One line for each: its time, what it is, with whom, in what, where. */
    readonly lines: string;
  };
}

export const teacherDayAhead: MessageTemplate<DayAheadView> = {
  sample: (words) => ({
    ahead: {
      date: words.weekday(start),
      first: words.time(start),
      count: 2,
      lines: `${words.hours(start, end)} · Køretime B · Sofie Holm · VW Golf\n${words.hours(end, end)} · Teori 1 · Lokale 1`,
    },
  }),
  da: {
    subject:
      'Din dag {{ ahead.date }}: {{ ahead.count }} {% if ahead.count == 1 %}aftale{% else %}aftaler{% endif %} fra kl. {{ ahead.first }}',
    heading: 'Din dag {{ ahead.date }}',
    paragraphs: ['Hej {{ reader.name }}', 'Sådan ser din dag ud. Ændres den, får du besked som altid.'],
    list: '{{ ahead.lines }}',
  },
  en: {
    subject:
      'Your day, {{ ahead.date }}: {{ ahead.count }} {% if ahead.count == 1 %}appointment{% else %}appointments{% endif %} from {{ ahead.first }}',
    heading: 'Your day, {{ ahead.date }}',
    paragraphs: ['Hi {{ reader.name }}', 'This is your day. If it changes, you will hear of it as always.'],
    list: '{{ ahead.lines }}',
  },
};
