import type { Faults } from '../faults/faults.js';
import type { Messengers } from '../messengers.js';
import type { MailServer } from '../smtp/mail-server.js';
import type { PaypalServer } from '../paypal/paypal-server.js';
import type { StripeServer } from '../stripe/stripe-server.js';
import type { TwilioServer } from '../twilio/twilio-server.js';
import type { Described } from './vendor.js';
import type { VippsServer } from '../vipps/vipps-server.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';

/** What the one HTTP server shows and serves. */
export interface HttpParts {
  stripe: StripeServer;
  twilio: TwilioServer;
  vipps: VippsServer;
  paypal: PaypalServer;
  mail: MailServer;
  messengers: Messengers;
  faults: Faults;
  contracts: Record<Described, VendorContract> | undefined;
}

/** What broke a vendor's own description, by vendor. */
export function violationsOf({ contracts }: Pick<HttpParts, 'contracts'>): readonly string[] {
  return Object.values(contracts ?? {}).flatMap(({ violations }) => violations);
}
