import { Clock } from '../../src/platform/values/clock.js';

/** A clock that follows the real one until a test sets it; then it stands until it is advanced. */
export class TestClock extends Clock {
  private fixed: Date | null = null;

  now(): Date {
    return this.fixed ? new Date(this.fixed) : new Date();
  }

  set(date: Date | string): void {
    this.fixed = new Date(date);
  }

  advance({
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  }: {
    days?: number;
    hours?: number;
    minutes?: number;
    seconds?: number;
  }): void {
    this.fixed = new Date(this.now().getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  }

  follow(): void {
    this.fixed = null;
  }
}
