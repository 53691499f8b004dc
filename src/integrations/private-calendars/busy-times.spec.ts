import { describe, expect, it } from '@jest/globals';
import { busyTimes } from './busy-times.js';
import { calendarAddress } from './calendar-address.js';

const zone = 'Europe/Copenhagen';
const from = Date.parse('2026-11-20T00:00:00Z');
const until = Date.parse('2027-11-20T00:00:00Z');

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1@test', ...lines, 'END:VEVENT'];
const busy = (...lines: string[]) => times(calendar(...lines));
const times = (text: string) =>
  busyTimes({ text, from, until, zone }).map(({ start, end }) =>
    [start, end].map((at) => new Date(at).toISOString().slice(0, 16)),
  );

describe('a private calendar', () => {
  it('is busy by UTC, by a zone it names, and by clock times of the school', () => {
    expect(busy(...event('DTSTART:20261201T080000Z', 'DTEND:20261201T090000Z'))).toEqual([
      ['2026-12-01T08:00', '2026-12-01T09:00'],
    ]);
    expect(busy(...event('DTSTART;TZID=America/New_York:20261201T080000', 'DURATION:PT30M'))).toEqual([
      ['2026-12-01T13:00', '2026-12-01T13:30'],
    ]);
    expect(busy(...event('DTSTART:20261201T080000', 'DTEND:20261201T090000'))).toEqual([
      ['2026-12-01T07:00', '2026-12-01T08:00'],
    ]);
    expect(busy('X-WR-TIMEZONE:Europe/London', ...event('DTSTART:20261201T080000', 'DURATION:PT1H'))).toEqual([
      ['2026-12-01T08:00', '2026-12-01T09:00'],
    ]);
  });

  it('is busy by a zone that it describes itself, whatever it calls it', () => {
    const described = [
      'BEGIN:VTIMEZONE',
      'TZID:Romance Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16011028T030000',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010325T020000',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const weekly = event(
      'DTSTART;TZID=Romance Standard Time:20270322T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    );
    expect(busy(...described, ...weekly)).toEqual([
      ['2027-03-22T08:00', '2027-03-22T09:00'],
      ['2027-03-29T07:00', '2027-03-29T08:00'],
    ]);
  });

  it('repeats by the clocks of its zone over both changes of them', () => {
    const rule = 'RRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=20271107T230000Z';
    const found = busy(...event('DTSTART;TZID=Europe/Copenhagen:20261206T100000', 'DURATION:PT1H', rule));
    expect(found).toHaveLength(49);
    expect(found.find(([start]) => start!.startsWith('2027-03-21'))![0]).toBe('2027-03-21T09:00');
    expect(found.find(([start]) => start!.startsWith('2027-03-28'))![0]).toBe('2027-03-28T08:00');
    expect(found.find(([start]) => start!.startsWith('2027-10-31'))![0]).toBe('2027-10-31T09:00');
  });

  it('leaves out dates that are excepted, and moves those that were moved', () => {
    const daily = event(
      'DTSTART:20261201T080000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=5',
      'EXDATE:20261202T080000Z',
    );
    const moved = event('RECURRENCE-ID:20261203T080000Z', 'DTSTART:20261210T120000Z', 'DURATION:PT2H');
    const dropped = event(
      'RECURRENCE-ID:20261204T080000Z',
      'DTSTART:20261204T080000Z',
      'DURATION:PT1H',
      'STATUS:CANCELLED',
    );
    expect(busy(...daily, ...moved, ...dropped)).toEqual([
      ['2026-12-01T08:00', '2026-12-01T09:00'],
      ['2026-12-05T08:00', '2026-12-05T09:00'],
      ['2026-12-10T12:00', '2026-12-10T14:00'],
    ]);
  });

  it('is busy for whole days, unless they are marked as free', () => {
    expect(busy(...event('DTSTART;VALUE=DATE:20270327', 'DTEND;VALUE=DATE:20270329'))).toEqual([
      ['2027-03-26T23:00', '2027-03-28T22:00'],
    ]);
    expect(busy(...event('DTSTART;VALUE=DATE:20261224', 'TRANSP:TRANSPARENT'))).toEqual([]);
    expect(busy(...event('DTSTART;VALUE=DATE:20261224', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'))).toEqual([]);
  });

  it('joins what touches, and knows nothing outside the window', () => {
    const one = (uid: number, start: string, end: string) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTART:${start}`,
      `DTEND:${end}`,
      'END:VEVENT',
    ];
    expect(
      busy(
        ...one(1, '20261201T080000Z', '20261201T090000Z'),
        ...one(2, '20261201T083000Z', '20261201T100000Z'),
        ...one(3, '20261201T100000Z', '20261201T103000Z'),
        ...one(4, '20201201T100000Z', '20201201T103000Z'),
        ...one(5, '20261119T230000Z', '20261120T010000Z'),
      ),
    ).toEqual([
      ['2026-11-20T00:00', '2026-11-20T01:00'],
      ['2026-12-01T08:00', '2026-12-01T10:30'],
    ]);
  });

  it('may publish its busy times alone', () => {
    const published = [
      'BEGIN:VFREEBUSY',
      'FREEBUSY;FBTYPE=BUSY:20261201T080000Z/20261201T090000Z,20261202T080000Z/PT30M',
    ];
    expect(busy(...published, 'FREEBUSY;FBTYPE=FREE:20261203T080000Z/PT1H', 'END:VFREEBUSY')).toEqual([
      ['2026-12-01T08:00', '2026-12-01T09:00'],
      ['2026-12-02T08:00', '2026-12-02T08:30'],
    ]);
  });

  it('is refused when it is none, or more than a person’s', () => {
    for (const text of ['', 'hello', '<html></html>', 'BEGIN:VCARD\r\nEND:VCARD']) expect(() => times(text)).toThrow();
    const seconds = event('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY');
    expect(() => busy(...seconds)).toThrow('too many');
  });
});

describe('the address of a private calendar', () => {
  const refused = [
    'http://calendar.example/a.ics',
    'https://127.0.0.1/a.ics',
    'https://[::1]/a.ics',
    'https://2130706433/a.ics',
    'https://0x7f.1/a.ics',
    'https://10.0.0.1/a.ics',
    'https://8.8.8.8/a.ics',
    'https://localhost/a.ics',
    'https://metadata.google.internal/a.ics',
    'https://printer.local/a.ics',
    'https://intranet/a.ics',
    'https://calendar.example:22/a.ics',
    'https://user:secret@calendar.example/a.ics',
    'file:///etc/passwd',
    'ftp://calendar.example/a.ics',
    'gopher://calendar.example/',
    'not an address',
  ];

  it.each(refused)('is not %s', (url) => {
    expect(calendarAddress(url, { allowLocal: false })).toBeNull();
  });

  it('is https by a name, also spelled webcal', () => {
    const accepted = (url: string) => calendarAddress(url, { allowLocal: false })?.href;
    expect(accepted('https://calendar.example/a.ics?key=1')).toBe('https://calendar.example/a.ics?key=1');
    expect(accepted('webcal://calendar.example/a.ics')).toBe('https://calendar.example/a.ics');
    expect(accepted('https://calendar.example:8443/a.ics')).toBe('https://calendar.example:8443/a.ics');
  });
});
