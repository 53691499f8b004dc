import type { Id } from '../../../../platform/values/id.js';

/** Where the token of an offer's link is sealed. */
export function sealedTokenOf(offerId: Id): string {
  return `offers.token:${offerId}`;
}
