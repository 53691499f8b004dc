import { token } from '../../http/tokens.js';
import { now } from '../now.js';
import type { Params } from '../params.js';
import type { StripeAccount } from '../stripe-account.js';

/** `POST /v1/billing_portal/sessions`. */
export function openPortal(account: StripeAccount, params: Params): object {
  const customer = account.customer(params.requiredText('customer'), 'customer').id;
  const id = token('bps_');
  const url = account.pageUrl(`/billing/portal/${id}`);
  const returnUrl = params.text('return_url') ?? null;
  const locale = params.text('locale') ?? null;
  account.portals.set(id, { id, url, customer, returnUrl, locale });
  return {
    id,
    object: 'billing_portal.session',
    configuration: 'bpc_sandbox',
    created: now(),
    customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale,
    on_behalf_of: null,
    return_url: returnUrl,
    url,
  };
}
