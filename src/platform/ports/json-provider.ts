/** An answer of a provider over HTTP that is none of those asked for. */
export abstract class ProviderRefusal extends Error {
  constructor(
    provider: string,
    readonly status: number,
    /** The provider's own word; null when the answer has none, as a proxy's has. */
    readonly said: string | null,
    /** For how long the provider wants to be left alone, where it says so. */
    readonly againInMs?: number,
  ) {
    super(`${provider} answered ${status}: ${said ?? 'without saying why'}`);
  }
}

/** Whether the provider is to blame and not the call: no answer, an error of its own, or too much at once. */
export function isOutage(error: unknown): boolean {
  return !(error instanceof ProviderRefusal) || error.status === 429 || error.status >= 500;
}

const longestWaitMs = 600_000;

/** What a Retry-After says, in seconds or as a date; ten minutes at most. */
export function retryAfterMs(headers: Headers): number | undefined {
  const said = headers.get('retry-after');
  if (!said) return undefined;
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : new Date(said).getTime() - Date.now();
  return ms > 0 ? Math.min(ms, longestWaitMs) : undefined;
}

/** Null when it is no JSON. */
export async function jsonOf(response: Response): Promise<unknown> {
  return parsedJson(await response.text());
}

/** Null when it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface GrantedToken {
  readonly value: string;
  readonly seconds: number;
}

/** A minute before it runs out, a token is asked for again. */
const marginMs = 60_000;

/** The right to call a provider, kept while it lasts. */
export class AccessToken {
  private granted: { readonly value: string; readonly until: number } | null = null;

  constructor(private readonly ask: (signal: AbortSignal) => Promise<GrantedToken>) {}

  async get(signal: AbortSignal): Promise<string> {
    if (this.granted && this.granted.until > Date.now() + marginMs) return this.granted.value;
    const { value, seconds } = await this.ask(signal);
    this.granted = { value, until: Date.now() + seconds * 1_000 };
    return value;
  }

  /** It may be taken back before its time: the next call asks for another. */
  forget(): void {
    this.granted = null;
  }
}
