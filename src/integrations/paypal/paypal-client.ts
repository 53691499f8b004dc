import { basicLogin } from '../../platform/http/basic-login.js';
import {
  AccessToken,
  type GrantedToken,
  isOutage,
  jsonOf,
  ProviderRefusal,
} from '../../platform/ports/json-provider.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { PaypalConfig } from './paypal.config.js';

/** It says PayPal's own word, such as ORDER_ALREADY_CAPTURED. */
export class PaypalRefusal extends ProviderRefusal {
  constructor(status: number, issue: string | null) {
    super('PayPal', status, issue);
  }
}

interface PaypalCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  /** Of a write: its PayPal-Request-Id. */
  readonly key?: string;
}

interface Problem {
  readonly name?: string;
  readonly details?: readonly { readonly issue?: string }[];
}

/** PayPal over plain HTTP, behind the one wrapper around provider calls. */
export class PaypalClient {
  private readonly token = new AccessToken((signal) => this.grant(signal));

  constructor(
    private readonly config: PaypalConfig,
    private readonly calls: ProviderCalls,
  ) {}

  /** Every call is repeatable: it reads, says how something shall be, or carries our key. @throws as ProviderCalls, or a PaypalRefusal */
  call<Result>(call: PaypalCall): Promise<Result> {
    return this.calls.run({
      provider: 'paypal',
      operation: call.operation,
      timeoutMs: this.config.timeoutMs,
      repeatable: true,
      isOutage,
      send: (signal) => this.send<Result>(call, signal),
    });
  }

  private async send<Result>({ method, path, body, key }: PaypalCall, signal: AbortSignal): Promise<Result> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${await this.token.get(signal)}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
    };
    if (key) headers['paypal-request-id'] = key;
    const request = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    const response = await fetch(this.address(path), request);
    if (response.status === 401) this.token.forget();
    return read<Result>(response);
  }

  private async grant(signal: AbortSignal): Promise<GrantedToken> {
    const { clientId = '', clientSecret } = this.config;
    const headers = { authorization: basicLogin(clientId, clientSecret) };
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const asked = await fetch(this.address('/v1/oauth2/token'), { method: 'POST', headers, body, signal });
    const { access_token: value, expires_in: seconds } = await read<{ access_token: string; expires_in: number }>(
      asked,
    );
    return { value, seconds };
  }

  private address(path: string): string {
    return new URL(path, this.config.apiUrl ?? 'https://api-m.paypal.com').href;
  }
}

async function read<Result>(response: Response): Promise<Result> {
  if (response.status === 204) return undefined as Result;
  const body = (await jsonOf(response)) as Problem | null;
  if (!response.ok || body === null) {
    throw new PaypalRefusal(response.status, body?.details?.[0]?.issue ?? body?.name ?? null);
  }
  return body as Result;
}
