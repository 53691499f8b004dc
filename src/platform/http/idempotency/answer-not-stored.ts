import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

const ANSWER_NOT_STORED = Symbol('answer not stored');

/** Says the same to the reader of the document. */
export const notStoredExtension = 'x-answer-not-stored';

/** The route's answer holds a secret, so it is kept for no repeat: an Idempotency-Key is ignored. */
export function AnswerNotStored(why: string): MethodDecorator {
  return applyDecorators(SetMetadata(ANSWER_NOT_STORED, why), ApiExtension(notStoredExtension, why));
}

export function isAnswerStored(method: object): boolean {
  return !Reflect.hasMetadata(ANSWER_NOT_STORED, method);
}
