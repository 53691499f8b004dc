import type { Language } from '../../../../platform/http/language.js';

/** What a printed week says besides names. */
export interface WeekWords {
  week(number: number): string;
  page(page: number, of: number): string;
  readonly timeOff: string;
  readonly elsewhere: string;
  readonly class: string;
  readonly nothing: string;
  date(date: string): string;
  weekday(date: string): string;
}

const formats = (locale: string) => ({
  date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'numeric', timeZone: 'UTC' }),
});
const [danish, english] = [formats('da-DK'), formats('en-GB')];

export const weekWords: Record<Language, WeekWords> = {
  da: {
    week: (number) => `Uge ${number}`,
    page: (page, of) => `Side ${page} af ${of}`,
    timeOff: 'Fri',
    elsewhere: 'Optaget',
    class: 'Hold',
    nothing: 'Ingen arbejdstid og ingen aftaler i denne uge.',
    date: (date) => danish.date.format(new Date(date)),
    weekday: (date) => capital(danish.weekday.format(new Date(date))),
  },
  en: {
    week: (number) => `Week ${number}`,
    page: (page, of) => `Page ${page} of ${of}`,
    timeOff: 'Off',
    elsewhere: 'Busy',
    class: 'Class',
    nothing: 'No working hours and no appointments in this week.',
    date: (date) => english.date.format(new Date(date)),
    weekday: (date) => english.weekday.format(new Date(date)),
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
