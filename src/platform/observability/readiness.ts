import { Injectable } from '@nestjs/common';

/** Whether this process wants traffic. Turned off first when it is about to stop, so that the balancer looks elsewhere. */
@Injectable()
export class Readiness {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  drain(): void {
    this.draining = true;
  }
}
