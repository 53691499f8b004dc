import { SetMetadata } from '@nestjs/common';
import type { LocalTime } from '../values/zone.js';

export interface Every {
  readonly every: { readonly seconds?: number; readonly minutes?: number; readonly hours?: number };
}

export interface Daily {
  /** Wall-clock time in Denmark. */
  readonly daily: LocalTime;
}

export interface ScheduleRegistration {
  readonly name: string;
  readonly when: Every | Daily;
}

export const scheduleMetadataKey = 'schedules:schedule';

/** The method is called when its time has come, by one process among all. It finds what is due in the database itself. */
export function Schedule(name: string, when: Every | Daily) {
  return <Run extends (now: Date) => Promise<void>>(
    target: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Run>,
  ): void => {
    SetMetadata(scheduleMetadataKey, { name, when } satisfies ScheduleRegistration)(
      target,
      method,
      descriptor as PropertyDescriptor,
    );
  };
}
