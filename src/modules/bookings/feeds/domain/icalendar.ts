import ical, {
  foldLines,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { Language } from '../../../../platform/http/language.js';
import { toZoned } from '../../../../platform/values/zone.js';
import type { CalendarEntry } from '../../ports/calendar-entries.js';

export interface ToldEntries {
  /** The zone whose wall clock the times are told in. */
  readonly zone: string;
  readonly language: Language;
  readonly entries: readonly CalendarEntry[];
}

export interface CalendarText extends ToldEntries {
  readonly name: string;
}

/** Who says so. */
export interface Organizer {
  readonly name: string;
  readonly email: string;
}

/** How often programs are asked to look again: lessons are cancelled on the same day. */
const refreshSeconds = 15 * 60;

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

const prefixes: Record<Language, Record<CalendarEntry['state'], string>> = {
  da: { confirmed: '', tentative: 'Reserveret: ', cancelled: 'Aflyst: ' },
  en: { confirmed: '', tentative: 'Held: ', cancelled: 'Cancelled: ' },
};

const end = 'END:VCALENDAR';

/** RFC 5545 text of a calendar. The same entries give the same text, whenever it is asked for. */
export function icalendar({ name, ...told }: CalendarText): string {
  const { zone, language } = told;
  const calendar = ical({
    prodId: prodIdIn(language),
    name: escaped(name),
    ttl: refreshSeconds,
    x: { 'X-WR-TIMEZONE': zone },
  });
  return textOf(calendar, told);
}

/**
 * Some entries for whoever takes them into a calendar of his own (RFC 5546, PUBLISH): a later file of the same ones changes them there, and it has no
 * name, or programs make a calendar of it.
 */
export function publishedEntries(told: ToldEntries, organizer: Organizer): string {
  return textOf(ical({ prodId: prodIdIn(told.language), method: ICalCalendarMethod.PUBLISH }), told, organizer);
}

const prodIdIn = (language: Language) => ({ company: 'Just Driving', product: 'Diary', language });

function textOf(calendar: ICalCalendar, { zone, language, entries }: ToldEntries, organizer?: Organizer): string {
  // Put together here: told a zone, the library would write DTSTAMP in it, and it folds letter by letter.
  const head = calendar.toString().slice(0, -end.length);
  const events = entries.map((entry) => folded(eventOf(calendar, entry, { zone, language, organizer })));
  return `${head}${vtimezone(zone)}${events.join('')}${end}\r\n`;
}

interface Telling {
  readonly zone: string;
  readonly language: Language;
  readonly organizer: Organizer | undefined;
}

function eventOf(calendar: ICalCalendar, entry: CalendarEntry, { zone, language, organizer }: Telling): string {
  const { uid, sequence, changedAt, startsAt, endsAt, state, title, details, place } = entry;
  const toldIn = isTold(startsAt, zone) && isTold(endsAt, zone) ? zone : 'UTC';
  const event = calendar.createEvent({
    id: uid,
    sequence,
    stamp: toSecond(changedAt),
    lastModified: toSecond(changedAt),
    start: toZoned(startsAt, toldIn),
    end: toZoned(endsAt, toldIn),
    timezone: toldIn,
    summary: prefixes[language][state] + title,
    description: details.length > 0 ? details.join('\n') : null,
    location: place,
    status: statuses[state],
    transparency: state === 'cancelled' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    // Whoever shares his calendar with others shares that he is busy, not with whom.
    class: ICalEventClass.PRIVATE,
    ...(organizer && { organizer }),
  });
  return event.toString();
}

/** False in both of an autumn night’s two equal hours, which programs tell apart differently: those are told in UTC. */
function isTold(instant: Date, zone: string): boolean {
  const local = toZoned(instant, zone).toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(zone, { disambiguation }),
  );
  return first!.equals(second!);
}

/** Lines of at most 75 bytes. */
function folded(lines: string): string {
  return lines.replaceAll(/.{25,}/g, (line) => (Buffer.byteLength(line) > 75 ? foldLines(line) : line));
}

function toSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1_000) * 1_000);
}

/** The zone's rules, in its own name: the library gives zones with equal rules the name of one of them. */
function vtimezone(zone: string): string {
  const [block = ''] = tzlib_get_ical_block(zone);
  return block && `${block.replaceAll(/^(TZID|X-LIC-LOCATION):.*$/gm, `$1:${zone}`)}\r\n`;
}

// The library escapes what an event says, and not what the calendar is called.
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`);
}
