import type { Message } from './message.js';

type Facts = 'id' | 'schoolId' | 'userId' | 'channel' | 'kind' | 'subjectId' | 'params' | 'happensAt' | 'fallbackOf';

/** A message whose attempt has begun, as it was read then: what composing and sending it needs. */
export type MessageInHand = Readonly<Pick<Message, Facts | 'createdAt' | 'firstTriedAt' | 'mayHaveGone'>>;
