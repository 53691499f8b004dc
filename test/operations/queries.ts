import { parser } from '@prometheus-io/lezer-promql';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

/** Every rule that wakes somebody, or waits for the morning. */
export function alerts(): Alert[] {
  const { groups } = parse(readFileSync('docker/monitoring/alerts.yaml', 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

export function panels(): Panel[] {
  return (JSON.parse(readFileSync('docker/monitoring/dashboard.json', 'utf8')) as { panels: Panel[] }).panels;
}

/** The metrics that a query asks for. @throws Error when it is not PromQL */
export function metricsOf(query: string): string[] {
  // Grafana puts a duration there.
  const text = query.replaceAll('$__rate_interval', '1m');
  const names: string[] = [];
  parser.parse(text).iterate({
    enter({ type, node }) {
      if (type.isError) throw new Error(`not PromQL at ${node.from}: ${query}`);
      if (type.name === 'VectorSelector') names.push(text.slice(node.firstChild!.from, node.firstChild!.to));
    },
  });
  return names;
}
