import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { VippsConfig } from './vipps.config.js';

/** An answer that is none of those asked for. */
export class VippsRefusal extends Error {
  constructor(
    readonly status: number,
    /** Vipps MobilePay's own words; null when the answer has none, as a proxy's has. */
    readonly title: string | null,
  ) {
    super(`Vipps MobilePay answered ${status}: ${title ?? 'without saying why'}`);
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

/** A minute before it runs out, a token is asked for again. */
const marginMs = 60_000;

/** Vipps MobilePay over plain HTTP, behind the one wrapper around provider calls. */
export class VippsClient {
  private token: { readonly value: string; readonly until: number } | null = null;

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
      authorization: `Bearer ${await this.accessToken(signal)}`,
      'vipps-system-name': 'just-driving',
    };
    if (body) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = key;
    const request = { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(this.address(path), request);
    // A token may be taken back before its time: the next call asks for another.
    if (response.status === 401) this.token = null;
    return read<Result>(response);
  }

  private async accessToken(signal: AbortSignal): Promise<string> {
    if (this.token && this.token.until > Date.now() + marginMs) return this.token.value;
    const { clientId = '', clientSecret } = this.config;
    const headers = { ...this.merchant(), client_id: clientId, client_secret: clientSecret };
    const asked = await fetch(this.address('/accesstoken/get'), { method: 'POST', headers, signal });
    const { access_token: value, expires_in: seconds } = await read<{ access_token: string; expires_in: string }>(
      asked,
    );
    this.token = { value, until: Date.now() + Number(seconds) * 1_000 };
    return value;
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
  const body = parsed(await response.text());
  if (!response.ok || body === null) throw new VippsRefusal(response.status, body?.title ?? null);
  return body as Result;
}

function parsed(text: string): { title?: string } | null {
  try {
    return JSON.parse(text) as { title?: string };
  } catch {
    return null;
  }
}

function isOutage(error: unknown): boolean {
  return !(error instanceof VippsRefusal) || error.status === 429 || error.status >= 500;
}
