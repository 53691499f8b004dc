import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { PaypalConfig } from './paypal.config.js';

/** An answer that is none of those asked for. */
export class PaypalRefusal extends Error {
  constructor(
    readonly status: number,
    /** PayPal's own word, such as ORDER_ALREADY_CAPTURED; null when the answer has none, as a proxy's has. */
    readonly issue: string | null,
  ) {
    super(`PayPal answered ${status}: ${issue ?? 'without saying why'}`);
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

/** A minute before it runs out, a token is asked for again. */
const marginMs = 60_000;

/** PayPal over plain HTTP, behind the one wrapper around provider calls. */
export class PaypalClient {
  private token: { readonly value: string; readonly until: number } | null = null;

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
      authorization: `Bearer ${await this.accessToken(signal)}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
    };
    if (key) headers['paypal-request-id'] = key;
    const request = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    const response = await fetch(this.address(path), request);
    // A token may be taken back before its time: the next call asks for another.
    if (response.status === 401) this.token = null;
    return read<Result>(response);
  }

  private async accessToken(signal: AbortSignal): Promise<string> {
    if (this.token && this.token.until > Date.now() + marginMs) return this.token.value;
    const { clientId = '', clientSecret } = this.config;
    const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const asked = await fetch(this.address('/v1/oauth2/token'), { method: 'POST', headers, body, signal });
    const { access_token: value, expires_in: seconds } = await read<{ access_token: string; expires_in: number }>(
      asked,
    );
    this.token = { value, until: Date.now() + seconds * 1_000 };
    return value;
  }

  private address(path: string): string {
    return new URL(path, this.config.apiUrl ?? 'https://api-m.paypal.com').href;
  }
}

async function read<Result>(response: Response): Promise<Result> {
  if (response.status === 204) return undefined as Result;
  const body = parsed(await response.text());
  if (!response.ok || body === null) {
    throw new PaypalRefusal(response.status, body?.details?.[0]?.issue ?? body?.name ?? null);
  }
  return body as Result;
}

function parsed(text: string): Problem | null {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return null;
  }
}

function isOutage(error: unknown): boolean {
  return !(error instanceof PaypalRefusal) || error.status === 429 || error.status >= 500;
}
