import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { BooksConnectionLost } from '../../accounting/index.js';
import { DisputeOpened } from '../../finance/index.js';
import { TellStaff } from '../use-cases/tell-staff.js';

/** What a school's owners are to look at as soon as it happens. */
@Injectable()
export class AlertMessages {
  constructor(private readonly staff: TellStaff) {}

  @Handles(DisputeOpened, { name: 'notifications.tell-dispute' })
  disputed({ id: cause, payload: { disputeId, paymentId } }: EventOf<DisputeOpened>): Promise<void> {
    return this.staff.execute({
      kind: 'school_dispute_opened',
      subjectId: paymentId,
      cause,
      params: { disputeId },
    });
  }

  @Handles(BooksConnectionLost, { name: 'notifications.tell-books-lost' })
  booksLost({ id: cause, payload: { connectionId, provider } }: EventOf<BooksConnectionLost>): Promise<void> {
    const params = { provider };
    return this.staff.execute({ kind: 'school_books_disconnected', subjectId: connectionId, cause, params });
  }
}
