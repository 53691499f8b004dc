import type { LocalDate } from '../../../../platform/values/zone.js';
import { type Channel, type MessageKind, type Purpose, traitsOf } from '../../domain/message-kinds.js';
import type { Topic } from '../../domain/topics.js';

/** How many messages there were and what they came to. */
export interface Usage {
  readonly messages: number;
  /** Billed parts of text messages; null where none is known of. */
  readonly segments: number | null;
  /** Millionths of `costCurrency`; null where the provider has not told. */
  readonly costMicros: number | null;
  readonly costCurrency: string | null;
}

/** Of one kind, as it is counted. */
export interface CountedUsage extends Usage {
  /** YYYY-MM */
  readonly month: string;
  readonly channel: Channel;
  readonly provider: string;
  readonly kind: MessageKind;
}

export interface UsageRow extends Omit<CountedUsage, 'kind'> {
  readonly purpose: Purpose;
  readonly topic: Topic;
}

export interface UsageReport {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly rows: readonly UsageRow[];
  /** One for each currency, and one for what no cost is known of. */
  readonly totals: readonly Usage[];
}

/** Kinds of one purpose and topic together; in the order in which they come first. */
export function byTopic(counted: readonly CountedUsage[]): UsageRow[] {
  const rows = counted.map(({ kind, ...row }): UsageRow => {
    const { purpose, topic } = traitsOf(kind);
    return { ...row, purpose, topic };
  });
  return summed(rows, (row) => [row.month, row.channel, row.provider, row.purpose, row.topic, row.costCurrency].join());
}

/** All rows together, each currency for itself. */
export function byCurrency(rows: readonly UsageRow[]): Usage[] {
  const usages = rows.map(({ messages, segments, costMicros, costCurrency }): Usage => {
    return { messages, segments, costMicros, costCurrency };
  });
  return summed(usages, ({ costCurrency }) => String(costCurrency));
}

function summed<T extends Usage>(all: readonly T[], keyOf: (each: T) => string): T[] {
  const sums = new Map<string, T>();
  for (const each of all) {
    const known = sums.get(keyOf(each));
    sums.set(keyOf(each), known ? { ...known, ...sumOf(known, each) } : each);
  }
  return [...sums.values()];
}

function sumOf(a: Usage, b: Usage): Pick<Usage, 'messages' | 'segments' | 'costMicros'> {
  return {
    messages: a.messages + b.messages,
    segments: plus(a.segments, b.segments),
    costMicros: plus(a.costMicros, b.costMicros),
  };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}
