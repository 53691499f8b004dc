import { SetMetadata } from '@nestjs/common';

export interface GaugeOptions {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

export interface Reading {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a look has found, by the gauge's name. A gauge that is left out has no value. */
export type Readings = Readonly<Record<string, readonly Reading[]>>;

export const measuresMetadataKey = 'metrics:measures';

/** The method reads these gauges when the metrics are asked for: read only, by index, across all schools, every few seconds. */
export function Measures(...gauges: readonly GaugeOptions[]) {
  return <Look extends () => Promise<Readings> | Readings>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Look>,
  ): void => {
    SetMetadata(measuresMetadataKey, gauges)(target, name, descriptor as PropertyDescriptor);
  };
}
