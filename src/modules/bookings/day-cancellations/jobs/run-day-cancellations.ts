import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles, Postponed } from '../../../../platform/outbox/handles.js';
import { Clock } from '../../../../platform/values/clock.js';
import { DayCancelled } from '../domain/day-events.js';
import { CancelLessonsOfDay } from '../use-cases/cancel-lessons-of-day.js';

/** Works through cancelled days turn by turn: a turn is short, and the next one goes on from what the list says, in any process. */
@Injectable()
export class RunDayCancellations {
  constructor(
    private readonly cancelLessons: CancelLessonsOfDay,
    private readonly clock: Clock,
  ) {}

  @Handles(DayCancelled, { name: 'bookings.cancel-day', mode: 'external' })
  async run({ payload: { cancellationId } }: EventOf<DayCancelled>): Promise<void> {
    if (await this.cancelLessons.execute(cancellationId)) throw new Postponed(this.clock.now(), 'lessons are left');
  }
}
