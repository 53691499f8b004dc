import { type MessageKind, traitsOf } from './message-kinds.js';

const aDay = 24 * 3_600_000;

/** Whether a message is worth waking somebody for. @param happensAt when what it tells about begins */
export function isUrgent(kind: MessageKind, happensAt: Date | null | undefined, at: Date): boolean {
  const { urgent } = traitsOf(kind);
  if (urgent !== 'within_a_day') return urgent === 'always';
  return happensAt != null && happensAt.getTime() - at.getTime() < aDay;
}
