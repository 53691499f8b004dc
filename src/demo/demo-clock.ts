import { Clock } from '../platform/values/clock.js';

/** A clock that can be put to another time. */
export interface MovableClock extends Clock {
  set(time: Date): void;
}

/** Stands where it is put; the system's time until then. */
export class DemoClock extends Clock implements MovableClock {
  private time: Date | null = null;

  now(): Date {
    return this.time ? new Date(this.time) : new Date();
  }

  set(time: Date): void {
    this.time = time;
  }
}
