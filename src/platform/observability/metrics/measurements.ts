import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { DecoratedMethods } from '../../discovery/decorated-methods.js';
import { acrossSchools } from '../../tenancy/tenancy.js';
import { messageWithoutPersons } from '../redaction.js';
import { type GaugeOptions, measuresMetadataKey, type Readings } from './measures.js';
import { MetricsConfig } from './metrics.config.js';
import { Metrics } from './metrics.js';

type Look = () => Promise<Readings> | Readings;

interface Measurement {
  readonly gauges: ReadonlyMap<string, Gauge>;
  readonly look: Look;
  /** The look that has not come back yet. */
  running: Promise<Readings> | null;
}

const patienceMs = 3_000;

/** Takes the readings of every method with @Measures. However often somebody asks, it looks once in a few seconds. */
@Injectable()
export class Measurements implements OnModuleInit {
  private readonly logger = new Logger(Measurements.name);
  private readonly failures: Counter;
  private readonly measurements: Measurement[] = [];
  private refreshing: Promise<void> | null = null;
  private freshUntil = 0;

  constructor(
    private readonly metrics: Metrics,
    private readonly methods: DecoratedMethods,
    private readonly config: MetricsConfig,
  ) {
    this.failures = metrics.counter({
      name: 'metrics_read_failures_total',
      help: 'Readings that could not be taken; their gauges are missing.',
    });
  }

  onModuleInit(): void {
    for (const { options, call } of this.methods.find<readonly GaugeOptions[], Look>(measuresMetadataKey)) {
      this.measurements.push({ gauges: this.gaugesOf(options), look: call, running: null });
    }
  }

  async refresh(): Promise<void> {
    if (performance.now() < this.freshUntil) return;
    this.refreshing ??= this.readAll().finally(() => {
      this.refreshing = null;
      this.freshUntil = performance.now() + this.config.freshSeconds * 1_000;
    });
    await this.refreshing;
  }

  private gaugesOf(options: readonly GaugeOptions[]): ReadonlyMap<string, Gauge> {
    return new Map(
      options.map(({ name, help, labels = [] }) => [name, this.metrics.gauge({ name, help, labelNames: [...labels] })]),
    );
  }

  private async readAll(): Promise<void> {
    await acrossSchools('the metrics count what all schools have together', () =>
      Promise.all(this.measurements.map((measurement) => this.read(measurement))),
    );
  }

  private async read(measurement: Measurement): Promise<void> {
    const readings = await this.look(measurement).catch((error: unknown): Readings => {
      this.failures.inc();
      this.logger.warn(`a reading was not taken: ${messageWithoutPersons(error as Error)}`);
      return {};
    });
    for (const [name, gauge] of measurement.gauges) {
      gauge.reset();
      // Without labels a reset gauge says 0, which nobody has measured.
      gauge.remove({});
      for (const { labels = {}, value } of readings[name] ?? []) gauge.set(labels, value);
    }
  }

  /** One look at a time: a database that hangs must not be asked again and again. */
  private async look(measurement: Measurement): Promise<Readings> {
    if (measurement.running) throw new Error('the one before has not come back');
    const running = Promise.resolve(measurement.look()).finally(() => {
      measurement.running = null;
    });
    measurement.running = running;
    const done = new AbortController();
    const tooLate = sleep(patienceMs, undefined, { signal: done.signal }).then(() => {
      throw new Error(`no answer within ${patienceMs} ms`);
    });
    return Promise.race([running, tooLate]).finally(() => {
      // Whichever comes second is of no interest.
      running.catch(() => undefined);
      tooLate.catch(() => undefined);
      done.abort();
    });
  }
}
