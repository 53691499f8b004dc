import { SetMetadata } from '@nestjs/common';
import type { ClaimHolder, HeldTimes } from '../domain/calendar/claim-holder.js';

export const holdsClaimsMetadataKey = 'calendar:holds-claims';

/** The method gives everything of the current school in an occupying state that starts at the instant or after it. Whatever claims time has one. */
export function HoldsClaims(holder: ClaimHolder) {
  return (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<(from: Date) => HeldTimes>,
  ): void => {
    SetMetadata(holdsClaimsMetadataKey, holder)(target, name, descriptor as PropertyDescriptor);
  };
}
