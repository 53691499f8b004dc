import type { Id } from '../../../src/platform/values/id.js';
import { AnswersGiven } from '../../histories/record.js';

/** A request that was not answered by what it asked for: nobody answered, or the service was away. */
export interface Failure {
  readonly at: number;
  readonly tookMs: number;
  /** The process that was asked. */
  readonly url: string;
  readonly request: string;
  readonly what: string;
}

/** All that the clients of one school were told, and how often they were told nothing. */
export class Transcript extends AnswersGiven {
  requests = 0;
  readonly failures: Failure[] = [];
  /** What no client should ever be told. */
  readonly errors: string[] = [];
  readonly charges = new Set<Id>();
  readonly invoices = new Set<Id>();
  /** Refunds, each with its payment. */
  readonly refunds = new Map<Id, Id>();
  /** Payments whose customer has paid at the gateway. */
  readonly paid = new Set<Id>();

  /** @returns how long after a moment somebody still went away with nothing, in milliseconds */
  failingFor(since: number): number {
    return Math.max(0, ...this.failures.map(({ at }) => at - since));
  }

  /** For the reader of a test's output. */
  summary(): string {
    const answers = [...this.counts].map(([answer, count]) => `${count} × ${answer}`).join(', ');
    return `${this.requests} requests: ${answers}; ${this.failures.length} without an answer at first`;
  }
}
