import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** Somebody without a password was added to a school and shall get a link to set one. */
export class UserInvited extends DomainEvent<{ userId: Id; tokenId: Id }> {
  static override readonly eventName = 'identity.user_invited';
}

/** Somebody who was invited has set a password: the first time he is in. Belongs to the school that invited him. */
export class InvitationAccepted extends DomainEvent<{ userId: Id }> {
  static override readonly eventName = 'identity.invitation_accepted';
}

/** Somebody has forgotten his password and shall get a link to set another. Belongs to no school. */
export class PasswordResetRequested extends DomainEvent<{ userId: Id; tokenId: Id }> {
  static override readonly eventName = 'identity.password_reset_requested';
}
