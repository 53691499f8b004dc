import { Injectable } from '@nestjs/common';
import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

type Own<Configuration> = Omit<Configuration, 'registers'>;

/**
 * Every number this process tells about itself. A label has few values, all of them known beforehand: no ids, no addresses,
 * nothing of a person's. The registry is the application's own, so that two in one process do not mix.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  counter<Label extends string>(options: Own<CounterConfiguration<Label>>): Counter<Label> {
    return new Counter({ ...options, registers: [this.registry] });
  }

  gauge<Label extends string>(options: Own<GaugeConfiguration<Label>>): Gauge<Label> {
    return new Gauge({ ...options, registers: [this.registry] });
  }

  histogram<Label extends string>(options: Own<HistogramConfiguration<Label>>): Histogram<Label> {
    return new Histogram({ ...options, registers: [this.registry] });
  }
}
