import { otherChannel } from './channels.js';
import { traitsOf } from './message-kinds.js';
import type { Message } from './message.js';
import { isUrgent } from './urgency.js';

/** What the decision looks at. */
export type Judged = Pick<Message, 'kind' | 'channel' | 'state'> &
  Partial<Pick<Message, 'happensAt' | 'droppedFor' | 'retryOf' | 'fallbackOf'>>;

/** It has ended without reaching anybody, for what stands on the way and not for what somebody wants or what is true. */
export function gotNowhere({ state, droppedFor }: Pick<Judged, 'state' | 'droppedFor'>): boolean {
  if (state === 'dropped') return droppedFor === 'no_way';
  return state === 'rejected' || state === 'failed' || state === 'bounced';
}

/** Whether how it ended can make a fallback needed, of itself or of the same news on the other channel. */
export function mayNeedFallback(message: Judged, now: Date): boolean {
  const { kind, channel, happensAt, retryOf, fallbackOf } = message;
  if (retryOf || fallbackOf) return false;
  const { purpose, channels } = traitsOf(kind);
  if (purpose !== 'service' || !channels.includes(otherChannel(channel))) return false;
  if (!isUrgent(kind, happensAt, now) || (happensAt && happensAt <= now)) return false;
  return gotNowhere(message) || isSwitchedOff(message);
}

/**
 * Whether an urgent message that got nowhere goes out on the other channel.
 * @param other the same news on the other channel, if any; unless the reader had switched that off, it reaches him or was tried
 */
export function needsFallback(message: Judged, other: Judged | null, now: Date): boolean {
  return mayNeedFallback(message, now) && gotNowhere(message) && (!other || isSwitchedOff(other));
}

function isSwitchedOff({ state, droppedFor }: Judged): boolean {
  return state === 'dropped' && droppedFor === 'switched_off';
}
