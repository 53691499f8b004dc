import type { Books } from '../books.js';
import type { EteoriServer } from '../e-teori/e-teori-server.js';
import type { Faults } from '../faults/faults.js';
import type { FindkoreskoleServer } from '../findkoreskole/findkoreskole-server.js';
import type { Messengers } from '../messengers.js';
import type { MailServer } from '../smtp/mail-server.js';
import type { PaypalServer } from '../paypal/paypal-server.js';
import type { StripeServer } from '../stripe/stripe-server.js';
import type { ErrorTracker } from '../sentry/error-tracker.js';
import type { TwilioServer } from '../twilio/twilio-server.js';
import type { Described } from './vendor.js';
import type { WebhookReceiver } from '../webhook-receiver/webhook-receiver.js';
import type { VippsServer } from '../vipps/vipps-server.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';

/** What the one HTTP server shows and serves. */
export interface HttpParts {
  stripe: StripeServer;
  twilio: TwilioServer;
  vipps: VippsServer;
  paypal: PaypalServer;
  eteori: EteoriServer;
  mail: MailServer;
  messengers: Messengers;
  findkoreskole: FindkoreskoleServer;
  /** Where the application is; empty until it is known. */
  appUrl: () => string;
  books: Books;
  receiver: WebhookReceiver;
  errors: ErrorTracker;
  faults: Faults;
  contracts: Record<Described, VendorContract> | undefined;
}

/** What broke a vendor's own description, by vendor. Ours with partners are always at hand. */
export function violationsOf({ contracts, eteori }: Pick<HttpParts, 'contracts' | 'eteori'>): readonly string[] {
  return [...Object.values(contracts ?? {}), eteori.contract].flatMap(({ violations }) => violations);
}
