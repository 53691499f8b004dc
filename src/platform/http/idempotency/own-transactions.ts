import { applyDecorators, SetMetadata } from '@nestjs/common';

const OWN_TRANSACTIONS = Symbol('own transactions');

const ASKS_OUTSIDE = Symbol('asks outside');

/**
 * The route's use case commits more than once or tries again in a new transaction, so none may be opened around it; `why` says
 * so to the reader. Its effect is an @AnsweringTransaction(), or stands a repeat by nature.
 */
export function OwnTransactions(why: string): MethodDecorator & ClassDecorator {
  return SetMetadata(OWN_TRANSACTIONS, why);
}

/** As OwnTransactions, of a use case that asks somebody outside between its transactions; its answer is stored after the last. */
export function AsksOutside(why: string): MethodDecorator {
  return applyDecorators(OwnTransactions(why), SetMetadata(ASKS_OUTSIDE, true));
}

export function asksOutside(method: object): boolean {
  return Reflect.hasMetadata(ASKS_OUTSIDE, method);
}

export function hasOwnTransactions(controller: object, method: object): boolean {
  return [method, controller].some((target) => Reflect.hasMetadata(OWN_TRANSACTIONS, target));
}
