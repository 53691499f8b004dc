/** An error as somebody has told it, in Sentry's words. */
export interface ReportedError {
  readonly event_id: string;
  readonly level: string;
  readonly environment?: string;
  readonly release?: string;
  readonly message?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly user?: unknown;
  readonly exception?: {
    readonly values: readonly {
      readonly type: string;
      readonly value: string;
      readonly stacktrace?: { readonly frames: readonly { readonly filename?: string; readonly function?: string }[] };
    }[];
  };
}

/** What of Sentry an application speaks to: a project that takes envelopes, told apart by its public key. */
export class ErrorTracker {
  /** The envelopes as they came, oldest first. */
  readonly envelopes: string[] = [];
  readonly errors: ReportedError[] = [];
  private refusing: number | null = null;

  constructor(private readonly publicKey: string) {}

  /** The address an application is given. */
  dsn(sandboxUrl: string): string {
    return sandboxUrl.replace('://', `://${this.publicKey}@`) + '/1';
  }

  /** Until it is mended with null. */
  refuse(status: number | null): void {
    this.refusing = status;
  }

  /** @returns the status to answer with */
  take(key: string | undefined, envelope: string): number {
    if (key !== this.publicKey) return 403;
    if (this.refusing !== null) return this.refusing;
    const errors = eventsOf(envelope);
    if (!errors) return 400;
    this.envelopes.push(envelope);
    this.errors.push(...errors);
    return 200;
  }

  clear(): void {
    this.envelopes.length = 0;
    this.errors.length = 0;
    this.refusing = null;
  }
}

/** A header line, then for each item a header line and a payload line. @returns undefined when it is not an envelope */
function eventsOf(envelope: string): ReportedError[] | undefined {
  try {
    const [, ...items] = envelope
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return items.flatMap((item, index) => (item['type'] === 'event' ? [items[index + 1] as never] : []));
  } catch {
    return undefined;
  }
}
