import { SpanKind } from '@opentelemetry/api';
import { Injectable, Optional } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNoTransaction } from '../database/transaction.js';
import { Measures, type Readings } from '../observability/metrics/measures.js';
import { Metrics } from '../observability/metrics/metrics.js';
import { inSpan, type SpanOptions } from '../observability/tracing/spans.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { ProviderRefusal } from './json-provider.js';
import { ProviderTimeout, ProviderUnavailable } from './provider-errors.js';
import { ProvidersConfig } from './providers.config.js';

export interface ProviderCall<Answer> {
  /** Names the circuit breaker: one per outside system. */
  readonly provider: string;
  /** For messages: 'create checkout'. */
  readonly operation: string;
  /** Of one attempt; 10 seconds when absent. */
  readonly timeoutMs?: number;
  /** True when a second attempt cannot act twice: a read, or a write with an idempotency key. */
  readonly repeatable: boolean;
  /** True for an error that says the provider is failing (no connection, 5xx, 429); false for one that is an answer. */
  readonly isOutage: (error: unknown) => boolean;
  /** The call itself; it should give up when the signal fires. */
  readonly send: (signal: AbortSignal) => Promise<Answer>;
}

const defaultTimeoutMs = 10_000;
const attemptsWhenRepeatable = 3;
const firstPauseMs = 200;

/** The one way to call an outside system: with a time-out, repeats where they are safe, a circuit breaker, and never inside a transaction. */
@Injectable()
export class ProviderCalls {
  private readonly breakers = new Map<string, CircuitBreaker>();
  private readonly openMs: number | undefined;
  private readonly duration: Histogram<'provider' | 'operation' | 'result'>;

  constructor(metrics: Metrics, @Optional() config?: ProvidersConfig) {
    this.openMs = config && config.pauseSeconds * 1_000;
    this.duration = metrics.histogram({
      name: 'provider_call_duration_seconds',
      help: 'Attempts to call an outside system: ok, refused, outage, timeout, or not_asked because its circuit is open.',
      labelNames: ['provider', 'operation', 'result'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    });
  }

  /**
   * @throws ProviderTimeout when the outcome is unknown, ProviderUnavailable when it was not asked, else what `send` threw
   * @throws Error inside a transaction
   */
  async run<Answer>(call: ProviderCall<Answer>): Promise<Answer> {
    assertNoTransaction(`${call.provider}: ${call.operation}`);
    const attempts = call.repeatable ? attemptsWhenRepeatable : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(call);
      } catch (error) {
        if (attempt === attempts || !countsAsOutage(call, error)) throw error;
        await sleep(Math.random() * firstPauseMs * 2 ** attempt);
      }
    }
  }

  /** Whether this process keeps calls away from a provider at the moment. */
  isOpen(provider: string): boolean {
    return this.breakers.get(provider)?.isOpen ?? false;
  }

  @Measures({
    name: 'provider_circuit_open',
    help: 'Calls of this process are kept away from the provider.',
    labels: ['provider'],
  })
  circuits(): Readings {
    const circuits = [...this.breakers].map(([provider, { isOpen }]) => ({
      labels: { provider },
      value: Number(isOpen),
    }));
    return { provider_circuit_open: circuits };
  }

  private async attempt<Answer>(call: ProviderCall<Answer>): Promise<Answer> {
    const { provider, operation } = call;
    const ended = this.duration.startTimer({ provider, operation });
    try {
      const answer = await inSpan(`${provider} ${operation}`, spanOptions(call), () => this.guarded(call));
      ended({ result: 'ok' });
      return answer;
    } catch (error) {
      ended({ result: resultOf(call, error) });
      throw error;
    }
  }

  private async guarded<Answer>(call: ProviderCall<Answer>): Promise<Answer> {
    const breaker = this.breaker(call.provider);
    if (!breaker.tryPass()) throw new ProviderUnavailable(call.provider, breaker.againInMs);
    try {
      const answer = await withTimeout(call);
      breaker.succeeded();
      return answer;
    } catch (error) {
      if (countsAsOutage(call, error)) breaker.failed(error instanceof ProviderRefusal ? error.againInMs : undefined);
      else breaker.succeeded();
      throw error;
    }
  }

  private breaker(provider: string): CircuitBreaker {
    const known = this.breakers.get(provider) ?? new CircuitBreaker(undefined, this.openMs);
    this.breakers.set(provider, known);
    return known;
  }
}

function spanOptions({ provider, operation }: ProviderCall<unknown>): SpanOptions {
  return { kind: SpanKind.CLIENT, attributes: { 'peer.service': provider, 'jd.operation': operation } };
}

function resultOf(call: ProviderCall<unknown>, error: unknown): 'refused' | 'outage' | 'timeout' | 'not_asked' {
  if (error instanceof ProviderUnavailable) return 'not_asked';
  if (error instanceof ProviderTimeout) return 'timeout';
  return call.isOutage(error) ? 'outage' : 'refused';
}

function countsAsOutage(call: ProviderCall<unknown>, error: unknown): boolean {
  if (error instanceof ProviderUnavailable) return false;
  return error instanceof ProviderTimeout || call.isOutage(error);
}

async function withTimeout<Answer>({
  provider,
  operation,
  timeoutMs = defaultTimeoutMs,
  send,
}: ProviderCall<Answer>): Promise<Answer> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout;
  let check: NodeJS.Immediate | undefined;
  const expired = new Promise<never>((_, reject) => {
    const expire = (): void => {
      const timeout = new ProviderTimeout(`${provider}: ${operation}`, timeoutMs);
      abort.abort(timeout);
      reject(timeout);
    };
    // Behind what has come from outside meanwhile: a process that was busy itself must not take the provider for silent.
    timer = setTimeout(() => (check = setImmediate(expire)), timeoutMs);
  });
  try {
    return await Promise.race([send(abort.signal), expired]);
  } finally {
    clearTimeout(timer!);
    clearImmediate(check);
  }
}
