import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { InvitationAccepted, PasswordResetRequested, UserInvited } from '../../identity/index.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** What people hear about their account. */
@Injectable()
export class AccountMessages {
  constructor(private readonly queue: QueueMessages) {}

  @Handles(UserInvited, { name: 'notifications.invite-user' })
  invite({ id, payload }: EventOf<UserInvited>): Promise<void> {
    return this.queue.execute([{ kind: 'invitation', userId: payload.userId, subjectId: payload.tokenId, cause: id }]);
  }

  @Handles(InvitationAccepted, { name: 'notifications.welcome' })
  welcome({ id: cause, payload: { userId } }: EventOf<InvitationAccepted>): Promise<void> {
    return this.queue.execute([{ kind: 'welcome', userId, subjectId: userId, cause }]);
  }

  @Handles(PasswordResetRequested, { name: 'notifications.reset-password' })
  resetPassword({ id, payload }: EventOf<PasswordResetRequested>): Promise<void> {
    return this.queue.execute([
      { kind: 'password_reset', userId: payload.userId, subjectId: payload.tokenId, cause: id },
    ]);
  }
}
