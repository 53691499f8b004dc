import type { Id } from '../../../../platform/values/id.js';
import type { MessageParams } from '../../domain/message.js';

/** The student whose message a guardian gets a copy of; null for a person's own message. */
export function copyOf(params: MessageParams): Id | null {
  return (params['copyOf'] as Id | undefined) ?? null;
}
