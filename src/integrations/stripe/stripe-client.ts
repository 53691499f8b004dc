import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { loadedOnce } from '../../platform/loading/loaded-once.js';
import { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { StripeConfig } from './stripe.config.js';

/** The version the adapter was written against, whatever the account's own is. */
const apiVersion = '2026-10-28.endive';

/** The SDK refuses to be without a key; Stripe refuses this one. */
const unset = 'unset';

type Answer = { lastResponse: { statusCode: number } };

/** An answer that is neither what was asked for nor an error as Stripe words it; a proxy may have given it. */
export class UnexpectedAnswer extends Error {
  constructor(readonly statusCode: number) {
    super(`Stripe answered ${statusCode} without saying why`);
  }
}

/** The SDK, pointed where the configuration says, behind the one wrapper around provider calls. */
@Injectable()
export class StripeClient {
  /** Loaded with the first call. */
  readonly sdk = loadedOnce(() => newSdk(this.config));

  constructor(
    private readonly config: StripeConfig,
    private readonly calls: ProviderCalls,
  ) {}

  /** Every call is repeatable: it reads, or carries our own idempotency key. @throws as ProviderCalls, or a StripeError */
  async call<Result extends Answer>(operation: string, send: (sdk: Stripe) => Promise<Result>): Promise<Result> {
    const sdk = await this.sdk();
    return this.calls.run({
      provider: 'stripe',
      operation,
      // Later than the SDK's own, which says more.
      timeoutMs: this.config.timeoutMs + 500,
      repeatable: true,
      isOutage,
      // A 4xx without an `error` member resolves as a success in the SDK.
      send: async () => checked(await send(sdk)),
    });
  }
}

async function newSdk(config: StripeConfig): Promise<Stripe> {
  const { default: Sdk } = await import('stripe');
  const behaviour = { apiVersion, timeout: config.timeoutMs, maxNetworkRetries: 0, telemetry: false } as const;
  return new Sdk(config.secretKey ?? unset, { ...behaviour, ...addressOf(config) });
}

function checked<Result extends Answer>(answer: Result): Result {
  const { statusCode } = answer.lastResponse;
  if (statusCode >= 300) throw new UnexpectedAnswer(statusCode);
  return answer;
}

function isOutage(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === undefined || statusCode === 429 || statusCode >= 500;
}

function addressOf({ apiUrl }: StripeConfig): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiUrl) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  const secure = protocol === 'https:';
  return { host: hostname, port: port || (secure ? 443 : 80), protocol: secure ? 'https' : 'http' };
}
