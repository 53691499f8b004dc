import {
  BooksConsent,
  type BooksCompany,
  BooksDisconnected,
  type OAuthTokens,
} from '../../modules/accounting/index.js';
import { OAuthCodeFlow, OAuthRefusal } from '../../platform/ports/oauth-code-flow.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { QuickbooksConfig } from './quickbooks.config.js';

/** The company is chosen on Intuit's page: its way back names it as `realmId`. */
export class QuickbooksConsent extends BooksConsent {
  readonly provider = 'quickbooks';
  private readonly flow: OAuthCodeFlow;

  constructor({ apiUrl, clientId = '', clientSecret, timeoutMs }: QuickbooksConfig, calls: ProviderCalls) {
    super();
    const addresses = {
      authorize: `${apiUrl ?? 'https://appcenter.intuit.com'}/connect/oauth2`,
      token: `${apiUrl ?? 'https://oauth.platform.intuit.com'}/oauth2/v1/tokens/bearer`,
      revoke: `${apiUrl ?? 'https://developer.api.intuit.com'}/v2/oauth2/tokens/revoke`,
    };
    const scope = 'com.intuit.quickbooks.accounting';
    this.flow = new OAuthCodeFlow(
      { provider: 'quickbooks', clientId, clientSecret, scope, addresses, timeoutMs },
      calls,
    );
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
        throw new BooksDisconnected('quickbooks', error.said);
      }
      throw error;
    }
  }

  revoke(refreshToken: string): Promise<void> {
    return this.flow.revoke(refreshToken);
  }

  /** Its name and currency the company itself says once it is connected. */
  async companies(_accessToken: string, answer: Readonly<Record<string, string>>): Promise<readonly BooksCompany[]> {
    const id = answer['realmId'];
    return id ? [{ id, name: id, currency: '' }] : [];
  }
}
