import { type BookedOrNot, type BooksConnection, BooksDisconnected } from '../../modules/accounting/index.js';
import { KeyedApi, KeyedApiRefusal, type KeyedCall } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { ProviderUnavailable } from '../../platform/ports/provider-errors.js';
import type { Paced, ProviderPaces } from '../../platform/ports/provider-paces.js';
import type { EconomicConfig } from './e-conomic.config.js';

interface Problem {
  readonly message?: string;
  readonly developerHint?: string;
  readonly errors?: unknown;
}

interface Page<Row> {
  readonly collection?: readonly Row[];
}

/** What says that an answer is none, as a proxy's page is not. */
export class UnexpectedAnswer extends Error {}

const pageSize = 1_000;

/** e-conomic's REST API, one agreement at a time. Its grant does not run out until the school takes it back. */
export class EconomicApi {
  constructor(
    private readonly config: EconomicConfig,
    private readonly calls: ProviderCalls,
    private readonly paces: ProviderPaces,
  ) {}

  get journal(): string {
    return this.config.journal;
  }

  /** @throws as the port, or a KeyedApiRefusal */
  async call<Body>(connection: BooksConnection, call: KeyedCall & { readonly key?: string }): Promise<Body> {
    const grant = await connection.access.token();
    const {
      appSecretToken = '',
      apiUrl: url = 'https://restapi.e-conomic.com',
      callsPerSecond,
      timeoutMs,
    } = this.config;
    const headers = {
      'x-appsecrettoken': appSecretToken,
      'x-agreementgranttoken': grant,
      ...(call.key ? { 'idempotency-key': call.key } : {}),
    };
    const said = ({ message, developerHint, errors }: Problem) =>
      [errors && JSON.stringify(errors), developerHint, message].find(Boolean)?.toString().slice(0, 300);
    const options = { provider: 'e-conomic', title: 'e-conomic', url, headers, said, isOneOfMany: true, timeoutMs };
    const api = new KeyedApi(options, this.calls);
    const paced: Paced = {
      provider: 'e-conomic',
      whose: connection.id,
      paces: [{ calls: callsPerSecond, seconds: 1 }],
    };
    try {
      const { body } = await this.paces.run(paced, () => api.call<Body>(call));
      if (body === null && call.method === 'GET')
        throw new UnexpectedAnswer(`e-conomic said nothing: ${call.operation}`);
      return body as Body;
    } catch (error) {
      const isAccess = error instanceof KeyedApiRefusal && [401, 403].includes(error.status);
      if (isAccess) throw new BooksDisconnected('e-conomic', error.status === 401 ? 'unauthorized' : 'forbidden');
      throw error;
    }
  }

  read<Body>(connection: BooksConnection, operation: string, path: string): Promise<Body> {
    return this.call(connection, { operation, method: 'GET', path, repeatable: true });
  }

  /** Every row, page after page. */
  async all<Row>(connection: BooksConnection, operation: string, path: string, filter?: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let page = 0; ; page++) {
      const asked = new URLSearchParams({
        skippages: String(page),
        pagesize: String(pageSize),
        ...(filter && { filter }),
      });
      const { collection } = await this.read<Page<Row>>(connection, operation, `${path}?${asked.toString()}`);
      if (!collection) throw new UnexpectedAnswer(`e-conomic listed nothing: ${operation}`);
      rows.push(...collection);
      if (collection.length < pageSize) return rows;
    }
  }
}

/** What an error says about a push. @throws what is about the connection and not about this push */
export function afterFailure(error: unknown): BookedOrNot {
  if (error instanceof BooksDisconnected || error instanceof ProviderUnavailable) throw error;
  const isFinal = error instanceof KeyedApiRefusal && error.said !== null && [400, 404, 409].includes(error.status);
  if (isFinal) return { outcome: 'rejected', reason: error.said };
  return {
    outcome: 'unknown',
    reason: error instanceof KeyedApiRefusal ? `${error.status}` : (error as Error).message,
  };
}
