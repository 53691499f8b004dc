import type { Operation } from '../http/vendor.js';
import type { VendorRequest } from '../http/vendor-call.js';
import { expanded } from './expansion.js';
import { Params } from './params.js';
import type { StripeAccount } from './stripe-account.js';

type Act = (params: Params, id: string) => object;

/** Makes operations on the account, whose answers are expanded as the caller asks. */
export function operating(account: StripeAccount) {
  const making = (method: 'GET' | 'POST' | 'DELETE') => (name: string, path: string, act: Act) =>
    operation(account, name, method, path, act);
  return { get: making('GET'), post: making('POST'), remove: making('DELETE') };
}

function operation(
  account: StripeAccount,
  name: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  act: Act,
): Operation {
  return {
    name,
    method,
    path,
    handle(request: VendorRequest) {
      const params = new Params(method === 'POST' ? request.body : request.query);
      const object = act(params, request.params['id'] ?? '');
      return { status: 200, body: expanded(account, object, params.texts('expand')) };
    },
  };
}
