import {
  BooksConsent,
  type BooksCompany,
  BooksDisconnected,
  type OAuthTokens,
} from '../../modules/accounting/index.js';
import { isOutage, jsonOf, ProviderRefusal } from '../../platform/ports/json-provider.js';
import { OAuthCodeFlow, OAuthRefusal } from '../../platform/ports/oauth-code-flow.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { XeroConfig } from './xero.config.js';

class XeroConnectionsRefusal extends ProviderRefusal {}

interface Connection {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly tenantType: string;
}

/** Not by the SDK, whose consent knows Xero's own addresses alone and holds a person's tokens in itself. */
export class XeroConsent extends BooksConsent {
  readonly provider = 'xero';
  private readonly flow: OAuthCodeFlow;

  constructor(
    private readonly config: XeroConfig,
    private readonly calls: ProviderCalls,
  ) {
    super();
    const { apiUrl, clientId = '', clientSecret, scopes: scope, timeoutMs } = config;
    const addresses = {
      authorize: `${apiUrl ?? 'https://login.xero.com'}/identity/connect/authorize`,
      token: `${apiUrl ?? 'https://identity.xero.com'}/connect/token`,
      revoke: `${apiUrl ?? 'https://identity.xero.com'}/connect/revocation`,
    };
    this.flow = new OAuthCodeFlow({ provider: 'xero', clientId, clientSecret, scope, addresses, timeoutMs }, calls);
  }

  authorizeUrl(state: string, returnUrl: string): string {
    return this.flow.authorizeUrl(state, returnUrl);
  }

  exchange(code: string, returnUrl: string): Promise<OAuthTokens> {
    return this.flow.exchange(code, returnUrl);
  }

  async refresh(refreshToken: string): Promise<OAuthTokens> {
    try {
      return await this.flow.refresh(refreshToken);
    } catch (error) {
      if (error instanceof OAuthRefusal && error.said === 'invalid_grant') {
        throw new BooksDisconnected('xero', error.said);
      }
      throw error;
    }
  }

  revoke(refreshToken: string): Promise<void> {
    return this.flow.revoke(refreshToken);
  }

  async companies(accessToken: string): Promise<readonly BooksCompany[]> {
    const url = `${this.config.apiUrl ?? 'https://api.xero.com'}/Connections`;
    const connections = await this.calls.run({
      provider: 'xero',
      operation: 'list companies',
      timeoutMs: this.config.timeoutMs,
      repeatable: true,
      isOutage,
      send: async (signal) => {
        const response = await fetch(url, { signal, headers: { authorization: `Bearer ${accessToken}` } });
        const body = await jsonOf(response);
        if (!response.ok || !Array.isArray(body)) throw new XeroConnectionsRefusal('Xero', response.status, null);
        return body as Connection[];
      },
    });
    const companies = connections.filter(({ tenantType }) => tenantType === 'ORGANISATION');
    // What currency a company's books are kept in, the company itself says once it is chosen.
    return companies.map(({ tenantId: id, tenantName: name }) => ({ id, name, currency: '' }));
  }
}
