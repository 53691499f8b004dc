import { isOutage, parsedJson, ProviderRefusal, retryAfterMs } from './json-provider.js';
import type { ProviderCalls } from './provider-calls.js';

export interface KeyedApiOptions {
  /** Names the circuit breaker, and the provider in what is told to people. */
  readonly provider: string;
  readonly title: string;
  readonly url: string;
  /** With the credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The provider's own word for why it refuses, out of its answer. */
  readonly said: (body: never) => string | null | undefined;
  /** The key is one customer's among many: too much at once for one says nothing of the others. */
  readonly isOneOfMany?: boolean;
  /** Of one attempt; that of ProviderCalls when absent. */
  readonly timeoutMs?: number;
}

export interface KeyedCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** An object goes as JSON. */
  readonly body?: object | FormData;
  readonly repeatable: boolean;
}

/** What the provider did not do, in its own words; null when they are not its own, as a proxy's page is not. */
export class KeyedApiRefusal extends ProviderRefusal {}

export interface KeyedAnswer<Body> {
  /** Null where the provider says nothing. */
  readonly body: Body | null;
  readonly headers: Headers;
}

const isTooMuch = (error: unknown): boolean => error instanceof ProviderRefusal && error.status === 429;

/** A provider's JSON API whose key never changes, behind the one wrapper around provider calls. */
export class KeyedApi {
  constructor(
    private readonly options: KeyedApiOptions,
    private readonly calls: ProviderCalls,
  ) {}

  /** @throws as ProviderCalls, or a KeyedApiRefusal */
  call<Body>(call: KeyedCall): Promise<KeyedAnswer<Body>> {
    return this.calls.run({
      provider: this.options.provider,
      operation: call.operation,
      ...(this.options.timeoutMs === undefined ? {} : { timeoutMs: this.options.timeoutMs }),
      repeatable: call.repeatable,
      isOutage: (error) => isOutage(error) && !(this.options.isOneOfMany && isTooMuch(error)),
      send: (signal) => this.send<Body>(call, signal),
    });
  }

  /** What is gone already is gone. @throws as call(), but for 404 */
  async delete(operation: string, path: string): Promise<void> {
    try {
      await this.call({ operation, method: 'DELETE', path, repeatable: true });
    } catch (error) {
      if (!(error instanceof KeyedApiRefusal && error.status === 404)) throw error;
    }
  }

  private async send<Body>({ method, path, body }: KeyedCall, signal: AbortSignal): Promise<KeyedAnswer<Body>> {
    const { url, headers, title, said } = this.options;
    const isForm = body instanceof FormData;
    const response = await fetch(url.replace(/\/$/, '') + path, {
      method,
      signal,
      redirect: 'error',
      headers: { ...headers, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const answer = parsedJson(text) as Body | null;
    if (response.ok && (text === '' || answer !== null)) return { body: answer, headers: response.headers };
    const word = answer === null ? null : (said(answer as never) ?? 'no reason');
    throw new KeyedApiRefusal(title, response.status, word, retryAfterMs(response.headers));
  }
}
