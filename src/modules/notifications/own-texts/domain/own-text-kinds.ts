import { type MessageKind, messageKindNames, messageKinds, traitsOf } from '../../domain/message-kinds.js';

/**
 * What a school tells its students and teachers, in words that may be its own. Messages about an account are the same everywhere:
 * a link that opens one could be made to look like anything, and what the platform tells the owners is not theirs to write. An
 * announcement is the school's own words already, and alerts (`school_*`) are what the school itself is told.
 */
export type OwnTextKind = {
  [Kind in MessageKind]: (typeof messageKinds)[Kind]['purpose'] extends 'account' ? never : Kind;
}[Exclude<MessageKind, `announcement${string}` | `school_${string}`>];

export const ownTextKinds: readonly OwnTextKind[] = messageKindNames.filter(isOwnTextKind);

export function isOwnTextKind(kind: MessageKind): kind is OwnTextKind {
  return traitsOf(kind).purpose !== 'account' && !/^(announcement|school_)/.test(kind);
}
