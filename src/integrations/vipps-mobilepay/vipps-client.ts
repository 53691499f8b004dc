import {
  AccessToken,
  type GrantedToken,
  isOutage,
  jsonOf,
  ProviderRefusal,
} from '../../platform/ports/json-provider.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { VippsConfig } from './vipps.config.js';

/** It says Vipps MobilePay's own words. */
export class VippsRefusal extends ProviderRefusal {
  constructor(status: number, title: string | null) {
    super('Vipps MobilePay', status, title);
  }
}

interface VippsCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Of a write; at most 50 characters. */
  readonly key?: string;
}

/** Vipps MobilePay over plain HTTP, behind the one wrapper around provider calls. */
export class VippsClient {
  private readonly token = new AccessToken((signal) => this.grant(signal));

  constructor(
    private readonly config: VippsConfig,
    private readonly calls: ProviderCalls,
  ) {}

  /** Every call is repeatable: it reads, or carries our own idempotency key. @throws as ProviderCalls, or a VippsRefusal */
  call<Result>(call: VippsCall): Promise<Result> {
    return this.calls.run({
      provider: 'vipps',
      operation: call.operation,
      timeoutMs: this.config.timeoutMs,
      repeatable: true,
      isOutage,
      send: (signal) => this.send<Result>(call, signal),
    });
  }

  private async send<Result>({ method, path, body, key }: VippsCall, signal: AbortSignal): Promise<Result> {
    const headers: Record<string, string> = {
      ...this.merchant(),
      authorization: `Bearer ${await this.token.get(signal)}`,
      'vipps-system-name': 'just-driving',
    };
    if (body) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = key;
    const request = { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(this.address(path), request);
    if (response.status === 401) this.token.forget();
    return read<Result>(response);
  }

  private async grant(signal: AbortSignal): Promise<GrantedToken> {
    const { clientId = '', clientSecret } = this.config;
    const headers = { ...this.merchant(), client_id: clientId, client_secret: clientSecret };
    const asked = await fetch(this.address('/accesstoken/get'), { method: 'POST', headers, signal });
    const { access_token: value, expires_in: seconds } = await read<{ access_token: string; expires_in: string }>(
      asked,
    );
    return { value, seconds: Number(seconds) };
  }

  private merchant(): Record<string, string> {
    const { subscriptionKey, merchantSerialNumber } = this.config;
    return { 'ocp-apim-subscription-key': subscriptionKey, 'merchant-serial-number': merchantSerialNumber };
  }

  private address(path: string): string {
    return new URL(path, this.config.apiUrl ?? 'https://api.vipps.no').href;
  }
}

async function read<Result>(response: Response): Promise<Result> {
  const body = (await jsonOf(response)) as { title?: string } | null;
  if (!response.ok || body === null) throw new VippsRefusal(response.status, body?.title ?? null);
  return body as Result;
}
