import { SetMetadata } from '@nestjs/common';

const OWN_TRANSACTIONS = Symbol('own transactions');

/**
 * The route's use case commits more than once or tries again in a new transaction, so none may be opened around it; `why` says
 * so to the reader. Its effect is an @AnsweringTransaction(), or stands a repeat by nature.
 */
export function OwnTransactions(why: string): MethodDecorator & ClassDecorator {
  return SetMetadata(OWN_TRANSACTIONS, why);
}

export function hasOwnTransactions(controller: object, method: object): boolean {
  return [method, controller].some((target) => Reflect.hasMetadata(OWN_TRANSACTIONS, target));
}
