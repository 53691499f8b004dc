import { createHash } from 'node:crypto';
import { type BookedOrNot, type BooksConnection, BooksDisconnected } from '../../modules/accounting/index.js';
import { KeyedApi, KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { ProviderUnavailable } from '../../platform/ports/provider-errors.js';
import type { Paced, ProviderPaces } from '../../platform/ports/provider-paces.js';
import type { QuickbooksConfig } from './quickbooks.config.js';

/** The version the adapter was written against, whatever Intuit's newest is. */
const minorVersion = '75';
const pageSize = 1_000;

interface Problem {
  readonly Fault?: { readonly Error?: readonly { readonly Message?: string; readonly Detail?: string }[] };
}

export type QuickbooksEntity =
  | 'Account'
  | 'Attachable'
  | 'CreditMemo'
  | 'Customer'
  | 'Invoice'
  | 'Item'
  | 'JournalEntry'
  | 'Payment'
  | 'TaxCode'
  | 'TaxRate';

interface Call {
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object | FormData;
}

/** A text within a query. */
export const quoted = (text: string): string => `'${text.replaceAll(/['\\%]/g, '')}'`;

/** QuickBooks Online's API for one company at a time: at its pace, with its access. */
export class QuickbooksApi {
  constructor(
    private readonly config: QuickbooksConfig,
    private readonly calls: ProviderCalls,
    private readonly paces: ProviderPaces,
  ) {}

  /** @throws as the port, or a KeyedApiRefusal */
  async query<Row>(connection: BooksConnection, entity: QuickbooksEntity, where = ''): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const page = ` STARTPOSITION ${rows.length + 1} MAXRESULTS ${pageSize}`;
      const query = `select * from ${entity}${where && ` where ${where}`}${page}`;
      const call = { operation: `find ${entity}`, method: 'GET', path: '/query', query: { query } } as const;
      const { QueryResponse } = await this.call<{ QueryResponse: Partial<Record<string, Row[]>> }>(connection, call);
      const some = QueryResponse[entity] ?? [];
      rows.push(...some);
      if (some.length < pageSize) return rows;
    }
  }

  /** Once for a content: QuickBooks answers the same request id as it did before. */
  async create<Row>(connection: BooksConnection, entity: QuickbooksEntity, body: object): Promise<Row> {
    const requestid = createHash('sha256')
      .update(JSON.stringify([entity, body]))
      .digest('hex')
      .slice(0, 50);
    const call = { operation: `save ${entity}`, method: 'POST', path: `/${entity.toLowerCase()}` } as const;
    const answer = await this.call<Record<string, Row>>(connection, { ...call, query: { requestid }, body });
    return answer[entity]!;
  }

  async call<Body>(connection: BooksConnection, call: Call): Promise<Body> {
    const token = await connection.access.token();
    try {
      return await this.send<Body>(connection, call, token);
    } catch (error) {
      if (!(error instanceof KeyedApiRefusal)) throw error;
      if (error.status === 403) throw new BooksDisconnected('quickbooks', 'forbidden');
      if (error.status !== 401) throw error;
    }
    return this.send<Body>(connection, call, await connection.access.renew(token)).catch((error: unknown) => {
      if (error instanceof KeyedApiRefusal && error.status === 401) {
        throw new BooksDisconnected('quickbooks', 'unauthorized');
      }
      throw error;
    });
  }

  private async send<Body>(connection: BooksConnection, call: Call, token: string): Promise<Body> {
    const { company } = connection;
    if (company === null) throw new BooksDisconnected('quickbooks', 'no company was chosen');
    const { apiUrl = 'https://quickbooks.api.intuit.com', timeoutMs, callsPerMinute } = this.config;
    const options = {
      provider: 'quickbooks',
      title: 'QuickBooks',
      url: `${apiUrl}/v3/company/${encodeURIComponent(company)}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      said: ({ Fault }: Problem) => (Fault?.Error?.[0]?.Detail ?? Fault?.Error?.[0]?.Message)?.slice(0, 300),
      isOneOfMany: true,
      timeoutMs,
    };
    const api = new KeyedApi(options, this.calls);
    const query = new URLSearchParams({ ...call.query, minorversion: minorVersion });
    const path = `${call.path}?${query.toString()}`;
    const paced: Paced = { provider: 'quickbooks', whose: company, paces: [{ calls: callsPerMinute, seconds: 60 }] };
    const { body } = await this.paces.run(paced, () => api.call<Body>({ ...call, path, repeatable: true }));
    if (body === null) throw new Error(`QuickBooks said nothing: ${call.operation}`);
    return body;
  }
}

/** What an error says about a push. @throws what is about the connection and not about this push */
export function afterFailure(error: unknown): BookedOrNot {
  if (error instanceof BooksDisconnected || error instanceof ProviderUnavailable) throw error;
  const isFinal = error instanceof KeyedApiRefusal && error.said !== null && [400, 404].includes(error.status);
  if (isFinal) return { outcome: 'rejected', reason: error.said };
  return {
    outcome: 'unknown',
    reason: error instanceof KeyedApiRefusal ? `${error.status}` : (error as Error).message,
  };
}
