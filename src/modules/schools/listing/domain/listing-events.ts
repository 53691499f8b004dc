import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { PartnerName } from '../../../identity/index.js';

/** Something that a directory shows of the school is not as it was. */
export class ListingChanged extends DomainEvent<{ directory: PartnerName }> {
  static override readonly eventName = 'schools.listing_changed';
}
