import ICAL from 'ical.js';

/** An event as a calendar program understands it, by the calendar's own time zones alone. */
export interface ParsedEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  /** As it is written, with its zone. */
  readonly start: string;
  readonly status: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly lastModified: string;
  readonly transparency: string;
}

export interface ParsedCalendar {
  readonly name: string;
  readonly events: ParsedEvent[];
  property(name: string): string | null;
}

/** Reads iCalendar text with a parser that is not ours, and fails where it is none. */
export function parsedCalendar(text: string): ParsedCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone({ component: zone }));
  const instant = (time: ICAL.Time, zoneId: string | undefined): string => {
    const zone = zoneId === undefined ? ICAL.Timezone.utcTimezone : zones.find(({ tzid }) => tzid === zoneId);
    if (!zone) throw new Error(`no VTIMEZONE for ${zoneId}`);
    const zoned = time.clone();
    zoned.zone = zone;
    return new Date(zoned.toUnixTime() * 1_000).toISOString();
  };
  const events = calendar.getAllSubcomponents('vevent').map((event): ParsedEvent => {
    const at = (name: string) => {
      const property = event.getFirstProperty(name)!;
      const time = property.getFirstValue() as ICAL.Time;
      const zoneId = property.getFirstParameter('tzid') as string | undefined;
      if (zoneId === undefined && !time.toICALString().endsWith('Z')) throw new Error(`${name} floats`);
      return { instant: instant(time, zoneId), written: `${zoneId ?? ''}:${time.toICALString()}` };
    };
    const value = (name: string) => event.getFirstPropertyValue(name);
    return {
      uid: String(value('uid')),
      summary: String(value('summary')),
      description: (value('description') as string | null) ?? null,
      startsAt: at('dtstart').instant,
      endsAt: at('dtend').instant,
      start: at('dtstart').written,
      status: String(value('status')),
      sequence: Number(value('sequence')),
      stamp: at('dtstamp').instant,
      lastModified: at('last-modified').instant,
      transparency: String(value('transp')),
    };
  });
  const property = (name: string) => {
    const value = calendar.getFirstPropertyValue(name);
    return value === null ? null : String(value);
  };
  return { name: unescaped(property('x-wr-calname') ?? ''), events, property };
}

/** Text as RFC 5545 writes it; the parser leaves names that it does not know as they are. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}
