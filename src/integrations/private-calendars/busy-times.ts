// Runs in a thread of its own as well, where nothing of ours is loaded: so it imports packages alone, and types.
import ICAL from 'ical.js';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since the epoch, half-open. */
export interface BusyTime {
  readonly start: number;
  readonly end: number;
}

export interface BusyQuestion {
  readonly text: string;
  readonly from: number;
  readonly until: number;
  /** What clock times without a zone, and whole days, are meant in, unless the calendar says so itself. */
  readonly zone: string;
}

// Beyond these a calendar is not somebody's appointments any more.
const MOST_STEPS = 20_000;
const MOST_BLOCKS = 2_000;

/** When somebody is busy within the window, in order and apart from each other. @throws Error when it is no calendar, or too much of one */
export function busyTimes({ text, from, until, zone }: BusyQuestion): BusyTime[] {
  const calendars = ICAL.parse(text) as unknown[];
  const components = (Array.isArray(calendars[0]) ? calendars : [calendars]).map(
    (each) => new ICAL.Component(each as never),
  );
  if (components.some(({ name }) => name !== 'vcalendar')) throw new Error('no calendar');
  const found = components.flatMap((calendar) => {
    const own = calendar.getFirstPropertyValue('x-wr-timezone');
    const context = { from, until, zone: isZone(own) ? own : zone };
    return [...eventsOf(calendar, context), ...freeBusyOf(calendar, context)];
  });
  const clipped = found
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, until) }))
    .filter(({ start, end }) => start < end);
  const merged = apart(clipped);
  if (merged.length > MOST_BLOCKS) throw new Error('too many appointments');
  return merged;
}

interface Context {
  readonly from: number;
  readonly until: number;
  readonly zone: string;
}

function eventsOf(calendar: ICAL.Component, context: Context): BusyTime[] {
  const byUid = new Map<string, ICAL.Component[]>();
  for (const component of calendar.getAllSubcomponents('vevent')) {
    if (!component.hasProperty('dtstart')) continue;
    const uid = String(component.getFirstPropertyValue('uid') ?? byUid.size);
    byUid.set(uid, [...(byUid.get(uid) ?? []), component]);
  }
  const budget = { steps: MOST_STEPS * 5 };
  return [...byUid.values()].flatMap((components) => occurrences(components, context, budget));
}

/** A series with its exceptions; each exception counts by itself too, as it may lie outside of where the series would have it. */
function occurrences(components: readonly ICAL.Component[], context: Context, budget: { steps: number }): BusyTime[] {
  const exceptions = components.filter((component) => component.hasProperty('recurrence-id'));
  const masters = components.filter((component) => !component.hasProperty('recurrence-id'));
  const single = exceptions.flatMap((component) => once(new ICAL.Event(component), context));
  return [...single, ...masters.flatMap((master) => series(master, exceptions, context, budget))];
}

function series(
  master: ICAL.Component,
  exceptions: ICAL.Component[],
  context: Context,
  budget: { steps: number },
): BusyTime[] {
  const event = new ICAL.Event(master, { exceptions });
  if (!event.isRecurring()) return once(event, context);
  const found: BusyTime[] = [];
  const steps = event.iterator();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (budget.steps-- <= 0) throw new Error('too many appointments');
    const next: ICAL.Time | null = steps.next();
    if (!next || instantOf(next, zoneOf(event, context)) >= context.until) return found;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (isBusy(item)) found.push(timeOf(startDate, endDate, zoneOf(item, context)));
  }
  throw new Error('too many appointments');
}

function once(event: ICAL.Event, context: Context): BusyTime[] {
  return isBusy(event) ? [timeOf(event.startDate, event.endDate, zoneOf(event, context))] : [];
}

function isBusy({ component }: ICAL.Event): boolean {
  const says = (name: string) => String(component.getFirstPropertyValue(name) ?? '').toUpperCase();
  return (
    says('status') !== 'CANCELLED' && says('transp') !== 'TRANSPARENT' && says('x-microsoft-cdo-busystatus') !== 'FREE'
  );
}

/** Published free/busy times, without any appointments. */
function freeBusyOf(calendar: ICAL.Component, { zone }: Context): BusyTime[] {
  return calendar.getAllSubcomponents('vfreebusy').flatMap((component) =>
    component
      .getAllProperties('freebusy')
      .filter((property) => String(property.getParameter('fbtype') ?? 'BUSY').toUpperCase() !== 'FREE')
      .flatMap((property) => property.getValues() as ICAL.Period[])
      .map((period) => timeOf(period.start, period.getEnd(), zone)),
  );
}

/** The zone that the event's clock times are meant in when the calendar does not describe it. */
function zoneOf({ component }: ICAL.Event, { zone }: Context): string {
  const named = component.getFirstProperty('dtstart')?.getParameter('tzid');
  return isZone(named) ? named : zone;
}

function timeOf(start: ICAL.Time, end: ICAL.Time, zone: string): BusyTime {
  return { start: instantOf(start, zone), end: instantOf(end, zone) };
}

function instantOf(time: ICAL.Time, zone: string): number {
  const { year, month, day, hour, minute, second } = time;
  const isFloating = time.isDate || !time.zone || time.zone.tzid === 'floating';
  if (!isFloating) return time.toUnixTime() * 1_000;
  const clock = time.isDate ? { year, month, day } : { year, month, day, hour, minute, second };
  return Temporal.PlainDateTime.from(clock).toZonedDateTime(zone).epochMilliseconds;
}

function isZone(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  try {
    Temporal.PlainDate.from('2026-01-01').toZonedDateTime(name);
    return true;
  } catch {
    return false;
  }
}

function apart(times: readonly BusyTime[]): BusyTime[] {
  const merged: BusyTime[] = [];
  for (const time of times.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && time.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, time.end) };
    else merged.push(time);
  }
  return merged;
}

const asked = workerData as { readonly busyTimes?: BusyQuestion } | null;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
if (!isMainThread && asked?.busyTimes) parentPort?.postMessage(busyTimes(asked.busyTimes));
