import { Injectable } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { type CalendarAnswer, type CalendarQuestion, PrivateCalendars } from '../../modules/schools/index.js';
import { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { TimeRange } from '../../platform/values/time-range.js';
import type { BusyQuestion, BusyTime } from './busy-times.js';
import { calendarAddress } from './calendar-address.js';
import { guardedGet } from './guarded-get.js';
import { PrivateCalendarsConfig } from './private-calendars.config.js';

const parseMs = 5_000;

// As it is built, or as it is written when tests run it.
const reader = new URL(`./busy-times.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Calendars that follow RFC 5545, by https. */
@Injectable()
export class IcalCalendars extends PrivateCalendars {
  /** How long a server may take, redirects and all. */
  protected readonly fetchMs: number = 15_000;

  constructor(
    private readonly config: PrivateCalendarsConfig,
    private readonly calls: ProviderCalls,
  ) {
    super();
  }

  accepts(url: string): URL | null {
    return calendarAddress(url, this.config);
  }

  /** Each has a server of its own, so none counts as an outage of all: what goes wrong is the answer. */
  read(question: CalendarQuestion): Promise<CalendarAnswer> {
    return this.calls.run({
      provider: 'private-calendar',
      operation: 'read',
      timeoutMs: this.fetchMs + parseMs + 5_000,
      repeatable: false,
      isOutage: () => false,
      send: () => this.ask(question),
    });
  }

  private async ask({ url, copy, window, zone }: CalendarQuestion): Promise<CalendarAnswer> {
    const got = await guardedGet({
      url,
      copy,
      addressOf: (address) => this.accepts(address),
      allowPrivate: this.config.allowLocal,
      signal: AbortSignal.timeout(this.fetchMs),
    });
    if (got.outcome !== 'read') return got;
    const times = await busyTimesOf({
      text: got.text,
      from: window.start.getTime(),
      until: window.end.getTime(),
      zone,
    });
    if (!times) return { outcome: 'failed', problem: 'not_a_calendar' };
    const busy = times.map(({ start, end }) => new TimeRange(new Date(start), new Date(end)));
    return { outcome: 'read', busy, copy: got.copy };
  }
}

/** Read in a thread of its own with little memory and little time: a stranger's text may be made to take for ever. Null: it cannot be read. */
function busyTimesOf(question: BusyQuestion): Promise<BusyTime[] | null> {
  return new Promise((resolve) => {
    const worker = new Worker(reader, {
      workerData: { busyTimes: question },
      resourceLimits: { maxOldGenerationSizeMb: 128 },
      execArgv: [],
      env: {},
      stderr: true,
    });
    const timer = setTimeout(() => end(null), parseMs);
    const end = (times: BusyTime[] | null) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(times);
    };
    worker
      .once('message', end)
      .once('error', () => end(null))
      .once('exit', () => end(null));
  });
}
