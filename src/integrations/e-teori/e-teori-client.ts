import { randomUUID } from 'node:crypto';
import { isOutage, parsedJson, ProviderRefusal, retryAfterMs } from '../../platform/ports/json-provider.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { signatureOf } from './e-teori-signature.js';
import type { EteoriConfig } from './e-teori.config.js';

/** It says e-teori.dk's own code. */
export class EteoriRefusal extends ProviderRefusal {
  constructor(status: number, code: string | null, againInMs?: number) {
    super('e-teori.dk', status, code, againInMs);
  }
}

interface EteoriCall {
  readonly operation: string;
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Path and query, encoded. */
  readonly target: string;
  readonly body?: object;
}

/** e-teori.dk over HTTPS, behind the one wrapper around provider calls: each attempt is signed anew. */
export class EteoriClient {
  constructor(
    private readonly config: EteoriConfig,
    private readonly calls: ProviderCalls,
  ) {}

  /** Every call may be repeated. Null where it answers nothing. @throws as ProviderCalls, or an EteoriRefusal */
  call(call: EteoriCall): Promise<unknown> {
    return this.calls.run({
      provider: 'e-teori',
      operation: call.operation,
      timeoutMs: this.config.timeoutMs,
      repeatable: true,
      isOutage,
      send: (signal) => this.send(call, signal),
    });
  }

  private async send({ method, target, body }: EteoriCall, signal: AbortSignal): Promise<unknown> {
    const text = body ? JSON.stringify(body) : '';
    const response = await fetch((this.config.apiUrl ?? 'https://api.e-teori.dk').replace(/\/$/, '') + target, {
      method,
      signal,
      redirect: 'error',
      headers: { ...this.signed(method, target, text), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: text } : {}),
    });
    const said = await response.text();
    const answer = parsedJson(said);
    if (response.ok && (said === '' || answer !== null)) return answer;
    const { code } = (answer ?? {}) as { code?: unknown };
    const known = typeof code === 'string' ? code.slice(0, 64) : null;
    throw new EteoriRefusal(response.status, known, retryAfterMs(response.headers));
  }

  private signed(method: string, target: string, body: string): Record<string, string> {
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1_000)), randomUUID()];
    return {
      authorization: `Bearer ${this.config.apiKey}`,
      accept: 'application/json, application/problem+json',
      'x-eteori-timestamp': timestamp,
      'x-eteori-nonce': nonce,
      'x-eteori-signature': signatureOf({ method, target, timestamp, nonce, body }, this.config.signingSecret),
    };
  }
}
