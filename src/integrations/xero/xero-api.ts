import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { type BooksConnection, BooksDisconnected } from '../../modules/accounting/index.js';
import { isOutage, ProviderRefusal, retryAfterMs } from '../../platform/ports/json-provider.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { Paced, ProviderPaces } from '../../platform/ports/provider-paces.js';
import type { XeroConfig } from './xero.config.js';

/** It says Xero's own words. */
export class XeroRefusal extends ProviderRefusal {
  constructor(status: number, said: string | null, againInMs?: number) {
    super('Xero', status, said, againInMs);
  }
}

/** What the SDK throws, as JSON text. */
interface Thrown {
  readonly response?: {
    readonly statusCode: number;
    readonly body: unknown;
    readonly headers: Record<string, string>;
  };
}

/** How Xero refuses. */
interface Problem {
  readonly Message?: string;
  readonly Detail?: string;
  readonly Title?: string;
  readonly Elements?: readonly { readonly ValidationErrors?: readonly { readonly Message?: string }[] }[];
}

export interface XeroCall<Result> {
  readonly operation: string;
  /** What was asked for out of the answer; undefined when it is none, as a proxy's page is not. */
  readonly send: (sdk: AccountingApi, tenant: string) => Promise<Result | undefined>;
}

/** Xero's own SDK for one company's books at a time: at its pace, with its access, behind the one wrapper around provider calls. */
export class XeroApi {
  constructor(
    private readonly config: XeroConfig,
    private readonly calls: ProviderCalls,
    private readonly paces: ProviderPaces,
  ) {}

  /** Every call is repeatable: it reads, says how something shall be, or carries our key. @throws as the port, or a XeroRefusal */
  async call<Result>(connection: BooksConnection, call: XeroCall<Result>): Promise<Result> {
    const tenant = connection.company;
    if (tenant === null) throw new BooksDisconnected('xero', 'no company was chosen');
    const token = await connection.access.token();
    try {
      return await this.paced(call, tenant, token);
    } catch (error) {
      if (!(error instanceof XeroRefusal) || error.status !== 401) throw error;
    }
    return this.paced(call, tenant, await connection.access.renew(token)).catch((error: unknown) => {
      if (error instanceof XeroRefusal && error.status === 401) throw new BooksDisconnected('xero', 'unauthorized');
      throw error;
    });
  }

  private async paced<Result>(call: XeroCall<Result>, tenant: string, token: string): Promise<Result> {
    const { callsPerSecond, callsPerMinute } = this.config;
    const paces: Paced['paces'] = [
      { calls: callsPerSecond, seconds: 1 },
      { calls: callsPerMinute, seconds: 60 },
    ];
    const paced: Paced = { provider: 'xero', whose: tenant, paces };
    try {
      return await this.paces.run(paced, () => this.run(call, tenant, token));
    } catch (error) {
      if (error instanceof XeroRefusal && error.status === 403) throw new BooksDisconnected('xero', 'forbidden');
      throw error;
    }
  }

  private run<Result>({ operation, send }: XeroCall<Result>, tenant: string, token: string): Promise<Result> {
    return this.calls.run({
      provider: 'xero',
      operation,
      timeoutMs: this.config.timeoutMs,
      repeatable: true,
      // Too much at once for one company says nothing of the others.
      isOutage: (error) => isOutage(error) && !(error instanceof XeroRefusal && error.status === 429),
      send: async (signal) => {
        const answer = await send(this.sdk(token, signal), tenant).catch(toRefusal);
        if (answer === undefined) throw new Error(`Xero did not answer as it should: ${operation}`);
        return answer;
      },
    });
  }

  /** One for each call, as the SDK holds the token and has no place for a signal but the last word on a request. */
  private sdk(token: string, signal: AbortSignal): AccountingApi {
    const sdk = new AccountingApi(`${this.config.apiUrl ?? 'https://api.xero.com'}/api.xro/2.0`);
    sdk.accessToken = token;
    sdk.setDefaultAuthentication({
      applyToRequest: (request) => void Object.assign(request, { signal, maxRedirects: 0 }),
    });
    return sdk;
  }
}

function toRefusal(error: unknown): never {
  if (typeof error !== 'string') throw error;
  const { response } = JSON.parse(error) as Thrown;
  if (!response || response.statusCode === 0) throw new Error('Xero gave no answer');
  const { statusCode, body, headers } = response;
  throw new XeroRefusal(
    statusCode,
    wordOf(body),
    retryAfterMs(new Headers({ 'retry-after': headers['retry-after'] ?? '' })),
  );
}

function wordOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { Elements, Message, Detail, Title } = body as Problem;
  const errors = (Elements ?? []).flatMap(({ ValidationErrors }) => ValidationErrors ?? []);
  const words = errors.flatMap(({ Message: word }) => word ?? []);
  return (words.join(' ') || (Detail ?? Message ?? Title ?? 'no reason')).slice(0, 300);
}
