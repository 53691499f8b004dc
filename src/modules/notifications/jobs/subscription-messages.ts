import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import {
  SchoolReadOnly,
  SchoolRestored,
  SchoolRestricted,
  SubscriptionPastDue,
  TrialEnding,
} from '../../billing/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import { TellStaff } from '../use-cases/tell-staff.js';

/** What owners hear about their school's subscription. */
@Injectable()
export class SubscriptionMessages {
  constructor(private readonly staff: TellStaff) {}

  @Handles(TrialEnding, { name: 'notifications.tell-trial-ending' })
  trialEnding(event: EventOf<TrialEnding>): Promise<void> {
    return this.tell('trial_ending', event);
  }

  @Handles(SubscriptionPastDue, { name: 'notifications.tell-past-due' })
  pastDue(event: EventOf<SubscriptionPastDue>): Promise<void> {
    return this.tell('subscription_unpaid', event);
  }

  @Handles(SchoolRestricted, { name: 'notifications.tell-restricted' })
  restricted(event: EventOf<SchoolRestricted>): Promise<void> {
    return this.tell('subscription_restricted', event);
  }

  @Handles(SchoolReadOnly, { name: 'notifications.tell-read-only' })
  readOnly(event: EventOf<SchoolReadOnly>): Promise<void> {
    return this.tell('subscription_read_only', event);
  }

  @Handles(SchoolRestored, { name: 'notifications.tell-restored' })
  restored(event: EventOf<SchoolRestored>): Promise<void> {
    return this.tell('subscription_restored', event);
  }

  private tell(kind: MessageKind, { id: cause, payload }: EventOf<TrialEnding>): Promise<void> {
    return this.staff.execute({ kind, subjectId: payload.subscriptionId, cause });
  }
}
