import { Injectable } from '@nestjs/common';

/** What time it is. Injected, so that a test can say. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
