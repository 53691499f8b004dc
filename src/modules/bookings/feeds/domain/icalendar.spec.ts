import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { parsedCalendar } from '../../../../../test/support/parsed-calendar.js';
import { newId } from '../../../../platform/values/id.js';
import type { CalendarEntry } from '../../ports/calendar-entries.js';
import { icalendar, publishedEntries } from './icalendar.js';

const zone = 'Europe/Copenhagen';
const minutes = (from: string | Date, count: number) => new Date(new Date(from).getTime() + count * 60_000);

function entry(startsAt: string | Date, more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: newId(),
    sequence: 0,
    changedAt: new Date('2026-11-20T08:00:00.789Z'),
    startsAt: new Date(startsAt),
    endsAt: minutes(startsAt, 45),
    state: 'confirmed',
    title: 'Kørelektion B · A.J.',
    details: [],
    place: null,
    ...more,
  };
}

const told = (entries: readonly CalendarEntry[], more: Partial<Parameters<typeof icalendar>[0]> = {}) =>
  icalendar({ name: 'Nord', zone, language: 'da', entries, ...more });

describe('an iCalendar text', () => {
  it('tells wall clock in the school’s zone, with the rules of that very zone', () => {
    const text = told([entry('2026-11-23T07:00:00Z'), entry('2027-07-05T06:00:00Z')]);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n');
    expect(parsedCalendar(text).events.map(({ start }) => start)).toEqual([
      'Europe/Copenhagen:20261123T080000',
      'Europe/Copenhagen:20270705T080000',
    ]);
  });

  it('tells both of two equal hours in UTC, for programs disagree on which one a local time means', () => {
    const nights = [
      '2026-10-24T23:00:00Z',
      '2026-10-24T23:15:00Z',
      '2026-10-25T01:30:00Z',
      '2027-03-28T00:30:00Z',
      '2027-03-28T01:00:00Z',
    ];
    const { events } = parsedCalendar(told(nights.map((start) => entry(start))));
    expect(events.map(({ start }) => start)).toEqual([
      'Europe/Copenhagen:20261025T010000',
      // Its end is in the first of the two.
      ':20261024T231500Z',
      ':20261025T013000Z',
      'Europe/Copenhagen:20270328T013000',
      'Europe/Copenhagen:20270328T030000',
    ]);
    expect(events.map(({ startsAt }) => new Date(startsAt))).toEqual(nights.map((start) => new Date(start)));
  });

  it('means to a calendar program what the diary means, at any time of any year', () => {
    const quarters = fc.integer({ min: Date.parse('2024-01-01') / 900_000, max: Date.parse('2032-01-01') / 900_000 });
    const zones = fc.constantFrom(zone, 'America/New_York', 'Atlantic/Faroe', 'Australia/Sydney', 'UTC');
    fc.assert(
      fc.property(fc.array(quarters, { minLength: 1, maxLength: 20 }), zones, (slots, school) => {
        const entries = slots.map((slot) => entry(new Date(slot * 900_000)));
        const { events } = parsedCalendar(told(entries, { zone: school }));
        expect(events.map(({ uid, startsAt, endsAt }) => ({ uid, startsAt, endsAt }))).toEqual(
          entries.map(({ uid, startsAt, endsAt }) => ({
            uid,
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
          })),
        );
      }),
      { numRuns: 100, examples: [[[1_922_897, 1_893_408], 'America/New_York']] },
    );
  });

  it('escapes and folds whatever people write, lines of at most 75 bytes', () => {
    const odd = 'Bro, Æble; "a\\b"\nBEGIN:VEVENT 🚗'.repeat(8);
    const text = told([entry('2026-11-23T07:00:00Z', { title: odd, details: [odd, 'x'], place: odd })], { name: odd });
    const { events, name } = parsedCalendar(text);
    expect({ name, events: events.map(({ summary, description }) => ({ summary, description })) }).toEqual({
      name: odd,
      events: [{ summary: odd, description: `${odd}\nx` }],
    });
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n'))).toEqual([]);
  });

  it('says what was cancelled and what is held, and that it takes no time', () => {
    const entries = (['confirmed', 'tentative', 'cancelled'] as const).map((state) =>
      entry('2026-11-23T07:00:00Z', { state, title: 'Lektion' }),
    );
    const seen = (language: 'da' | 'en') =>
      parsedCalendar(told(entries, { language })).events.map(({ summary, status, transparency }) => [
        summary,
        status,
        transparency,
      ]);
    expect(seen('da')).toEqual([
      ['Lektion', 'CONFIRMED', 'OPAQUE'],
      ['Reserveret: Lektion', 'TENTATIVE', 'OPAQUE'],
      ['Aflyst: Lektion', 'CANCELLED', 'TRANSPARENT'],
    ]);
    expect(seen('en')[2]![0]).toBe('Cancelled: Lektion');
  });

  it('is the same whenever it is asked for, and tells when each thing last changed', async () => {
    const entries = [entry('2026-11-23T07:00:00Z', { sequence: 3 })];
    const text = told(entries);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(told(entries)).toBe(text);
    const [event] = parsedCalendar(text).events;
    expect(event).toMatchObject({ sequence: 3, stamp: '2026-11-20T08:00:00.000Z', lastModified: event!.stamp });
  });

  it('asks programs to look again soon, and is a calendar without any event too', () => {
    const calendar = parsedCalendar(told([]));
    expect(calendar.events).toEqual([]);
    expect(['refresh-interval', 'x-published-ttl', 'version'].map((name) => calendar.property(name))).toEqual([
      'PT15M',
      'PT15M',
      '2.0',
    ]);
  });
});

describe('entries for a reader’s own calendar', () => {
  it('are events of somebody, in no calendar of their own', () => {
    const organizer = { name: 'Skolen "Æ; Ø",\r\nBEGIN:VEVENT', email: 'kontor@nord.example' };
    const entries = [entry('2026-11-23T07:00:00Z', { sequence: 2 }), entry('2026-11-24T07:00:00Z')];
    const text = publishedEntries({ zone, language: 'da', entries }, organizer);
    const calendar = parsedCalendar(text);
    expect(calendar.events.map(({ uid, sequence }) => [uid, sequence])).toEqual([
      [entries[0]!.uid, 2],
      [entries[1]!.uid, 0],
    ]);
    expect([calendar.property('method'), calendar.name]).toEqual(['PUBLISH', '']);
    expect(text.match(/^ORGANIZER;/gm)).toHaveLength(2);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n'))).toEqual([]);
  });
});
