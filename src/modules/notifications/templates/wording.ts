import type { Money } from '../../../platform/values/money.js';

export const locales = ['da', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A language to write in, English for one we do not have. */
export function asLocale(text: string): Locale {
  return text === 'da' ? 'da' : 'en';
}

const tags: Record<Locale, string> = { da: 'da-DK', en: 'en-GB' };

const known = new Map<string, Wording>();

/** The same for all of a language and a zone: making one costs more than a whole message. */
export function wordingOf(locale: Locale, zone: string): Wording {
  const key = `${locale} ${zone}`;
  const wording = known.get(key) ?? new Wording(locale, zone);
  known.set(key, wording);
  return wording;
}

/** Times, dates and amounts as one reader expects them: in the language of the person and the zone of the school. */
export class Wording {
  private readonly long: Intl.DateTimeFormat;
  private readonly short: Intl.DateTimeFormat;
  private readonly clock: Intl.DateTimeFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly zoneless: Intl.DateTimeFormat;

  constructor(
    readonly locale: Locale,
    readonly zone: string,
  ) {
    const tag = tags[locale];
    this.long = new Intl.DateTimeFormat(tag, {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
    this.short = new Intl.DateTimeFormat(tag, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
    this.clock = new Intl.DateTimeFormat(tag, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    this.dates = new Intl.DateTimeFormat(tag, { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' });
    this.zoneless = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** "lørdag den 21. november 2026 kl. 10.00-10.45" */
  span(start: Date, end: Date): string {
    const time = this.hours(start, end);
    return this.locale === 'da' ? `${this.long.format(start)} kl. ${time}` : `${this.long.format(start)}, ${time}`;
  }

  /** "10.00-10.45" */
  hours(start: Date, end: Date): string {
    return `${this.clock.format(start)}-${this.clock.format(end)}`;
  }

  /** "10.00" */
  time(at: Date): string {
    return this.clock.format(at);
  }

  /** "lørdag den 21. november 2026" */
  weekday(at: Date): string {
    return this.long.format(at);
  }

  /** "lør. 21. nov. kl. 10.00", for subjects and text messages. */
  moment(at: Date): string {
    const date = this.short.format(at);
    return this.locale === 'da' ? `${date} kl. ${this.clock.format(at)}` : `${date} ${this.clock.format(at)}`;
  }

  /** "24. december 2026" of 'YYYY-MM-DD' */
  date(date: string): string {
    return this.zoneless.format(new Date(`${date}T00:00:00Z`));
  }

  /** "24. december 2026", the date an instant has in the zone. */
  day(at: Date): string {
    return this.dates.format(at);
  }

  /** The one of both that is in the language. */
  either(words: Readonly<Record<Locale, string>>): string {
    return words[this.locale];
  }

  amount(money: Money): string {
    return money.format(this.locale);
  }
}
