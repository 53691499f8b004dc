import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IcalServer } from '../../sandbox/ical/ical-server.js';
import { guardedGet } from '../../src/integrations/private-calendars/guarded-get.js';
import { IcalCalendars } from '../../src/integrations/private-calendars/ical-calendars.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { TimeRange } from '../../src/platform/values/time-range.js';

class Impatient extends IcalCalendars {
  protected override readonly fetchMs = 2_000;
}

const server = new IcalServer();
const calendars = new Impatient({ allowLocal: true }, new ProviderCalls(new Metrics()));
const noCopy = { etag: null, lastModified: null };
const window = new TimeRange(new Date('2026-11-20T00:00:00Z'), new Date('2027-11-20T00:00:00Z'));
let root: string;

beforeAll(async () => {
  root = await server.listen();
});
afterAll(() => server.close());

const read = (path: string, copy: { etag: string | null; lastModified: string | null } = noCopy) =>
  calendars.read({ url: root + path, copy, window, zone: 'Europe/Copenhagen' });

describe('a private calendar’s server', () => {
  it('is asked for what changed, and tells when somebody is busy', async () => {
    server.publish('/a.ics', [['DTSTART:20261201T080000Z', 'DURATION:PT1H', 'SUMMARY:Doctor']]);
    const answer = await read('/a.ics');
    expect(answer).toMatchObject({
      outcome: 'read',
      busy: [new TimeRange(new Date('2026-12-01T08:00:00Z'), new Date('2026-12-01T09:00:00Z'))],
    });
    expect(JSON.stringify(answer)).not.toContain('Doctor');
    const { copy } = answer as { copy: typeof noCopy };
    expect(copy.etag).not.toBeNull();
    expect(await read('/a.ics', copy)).toEqual({ outcome: 'unchanged' });
    server.publish('/a.ics', []);
    expect(await read('/a.ics', copy)).toMatchObject({ outcome: 'read', busy: [] });
  });

  it.each([
    [{ status: 401 }, 'not_allowed'],
    [{ status: 404 }, 'not_found'],
    [{ status: 410 }, 'not_found'],
    [{ status: 500 }, 'unreachable'],
    ['hangs_up', 'unreachable'],
    ['never_answers', 'too_slow'],
    ['endless', 'too_large'],
    ['no_calendar', 'not_a_calendar'],
    [{ redirectTo: '/loop.ics' }, 'too_many_redirects'],
    [{ redirectTo: 'file:///etc/passwd' }, 'address_refused'],
    [{ redirectTo: 'http://user:secret@127.0.0.1/' }, 'address_refused'],
  ] as const)('that answers %j is told apart: %s', async (fault, problem) => {
    server.break('/loop.ics', fault);
    expect(await read('/loop.ics')).toEqual({ outcome: 'failed', problem });
  });

  it('may send us on, three times', async () => {
    server.publish('/there.ics', []);
    server.break('/1', { redirectTo: '/2' });
    server.break('/2', { redirectTo: `${root}/3` });
    server.break('/3', { redirectTo: '/there.ics' });
    expect(await read('/1')).toMatchObject({ outcome: 'read' });
    server.break('/0', { redirectTo: '/1' });
    expect(await read('/0')).toEqual({ outcome: 'failed', problem: 'too_many_redirects' });
  });

  it('that nobody listens at, or whose text never ends being computed, fails alone', async () => {
    expect(await calendars.read({ url: 'http://127.0.0.1:1/', copy: noCopy, window, zone: 'UTC' })).toEqual({
      outcome: 'failed',
      problem: 'unreachable',
    });
    server.publish('/hostile.ics', [['DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY']]);
    expect(await read('/hostile.ics')).toEqual({ outcome: 'failed', problem: 'not_a_calendar' });
    // A day that no year has: an iterator looks for it for ever.
    server.publish('/never.ics', [['DTSTART:20260101T000000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31']]);
    const started = Date.now();
    expect((await read('/never.ics')).outcome).not.toBe('unchanged');
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe('a name that leads into our own network', () => {
  it('is refused when it is connected to, whatever the address looked like', async () => {
    const before = server.requests.length;
    const ask = (url: string) =>
      guardedGet({
        url,
        copy: noCopy,
        addressOf: (text) => new URL(text),
        allowPrivate: false,
        signal: AbortSignal.timeout(2_000),
      });
    const { port } = new URL(root);
    for (const host of [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '169.254.169.254',
      '10.0.0.1',
    ]) {
      expect([host, await ask(`http://${host}:${port}/a.ics`)]).toEqual([
        host,
        { outcome: 'failed', problem: 'address_refused' },
      ]);
    }
    expect(server.requests).toHaveLength(before);
  });
});
