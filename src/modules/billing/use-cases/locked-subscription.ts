import { type EntityManager, LockMode } from '@mikro-orm/mysql';
import { SubscriptionNotFound } from '../domain/billing-problems.js';
import { Subscription } from '../domain/subscription.js';

/** The school's subscription as it stands, locked till the end of the caller's transaction; null while it has none. */
export function subscriptionToChange(em: EntityManager): Promise<Subscription | null> {
  return em.findOne(Subscription, {}, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The same. @throws SubscriptionNotFound */
export async function lockedSubscription(em: EntityManager): Promise<Subscription> {
  const subscription = await subscriptionToChange(em);
  if (!subscription) throw new SubscriptionNotFound();
  return subscription;
}
