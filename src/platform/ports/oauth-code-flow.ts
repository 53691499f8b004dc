import * as oauth from 'oauth4webapi';
import { isOutage, ProviderRefusal } from './json-provider.js';
import type { ProviderCalls } from './provider-calls.js';

export interface OAuthCodeFlowOptions {
  /** Names the circuit breaker, and the provider in what is told to people. */
  readonly provider: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly addresses: { readonly authorize: string; readonly token: string; readonly revoke: string };
  readonly timeoutMs: number;
}

export interface GrantedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** It says OAuth's own word, such as `invalid_grant`. */
export class OAuthRefusal extends ProviderRefusal {}

type Answered = (request: oauth.TokenEndpointRequestOptions) => Promise<oauth.TokenEndpointResponse>;

/** OAuth 2's code flow with a provider that people let us into, behind the one wrapper around provider calls. */
export class OAuthCodeFlow {
  private readonly server: oauth.AuthorizationServer;
  private readonly client: oauth.Client;
  private readonly login: oauth.ClientAuth;

  constructor(
    private readonly options: OAuthCodeFlowOptions,
    private readonly calls: ProviderCalls,
  ) {
    const { authorize, token, revoke } = options.addresses;
    this.server = {
      issuer: new URL(token).origin,
      authorization_endpoint: authorize,
      token_endpoint: token,
      revocation_endpoint: revoke,
    };
    this.client = { client_id: options.clientId };
    this.login = oauth.ClientSecretBasic(options.clientSecret);
  }

  authorizeUrl(state: string, returnUrl: string): string {
    const url = new URL(this.options.addresses.authorize);
    const { clientId: client_id, scope } = this.options;
    const query = { response_type: 'code', client_id, redirect_uri: returnUrl, scope, state };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  /** A code counts once. @throws as ProviderCalls, or an OAuthRefusal */
  exchange(code: string, returnUrl: string): Promise<GrantedTokens> {
    const { server, client, login } = this;
    const answer = oauth.validateAuthResponse(server, client, new URLSearchParams({ code }), oauth.expectNoState);
    return this.granted('exchange code', false, async (request) => {
      const said = oauth.authorizationCodeGrantRequest(server, client, login, answer, returnUrl, oauth.nopkce, request);
      return oauth.processAuthorizationCodeResponse(server, client, await said);
    });
  }

  /** May be repeated: a provider that rotates its refresh tokens honours the last one until the new one is used. @throws as `exchange` */
  refresh(refreshToken: string): Promise<GrantedTokens> {
    const { server, client, login } = this;
    return this.granted('refresh token', true, async (request) => {
      const said = oauth.refreshTokenGrantRequest(server, client, login, refreshToken, request);
      return oauth.processRefreshTokenResponse(server, client, await said);
    });
  }

  /** @throws as `exchange` */
  revoke(refreshToken: string): Promise<void> {
    const { server, client, login } = this;
    return this.run('revoke token', true, async (request) => {
      const said = await oauth.revocationRequest(server, client, login, refreshToken, request);
      await oauth.processRevocationResponse(said);
    });
  }

  private async granted(operation: string, repeatable: boolean, send: Answered): Promise<GrantedTokens> {
    const {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresIn,
    } = await this.run(operation, repeatable, send);
    if (!refreshToken || !expiresIn) throw new Error(`${this.options.provider} granted no access that lasts`);
    return { accessToken, refreshToken, expiresIn };
  }

  private run<Result>(
    operation: string,
    repeatable: boolean,
    send: (request: oauth.TokenEndpointRequestOptions) => Promise<Result>,
  ): Promise<Result> {
    const { provider, timeoutMs, addresses } = this.options;
    const isPlain = addresses.token.startsWith('http:');
    return this.calls.run({
      provider,
      operation,
      timeoutMs,
      repeatable,
      isOutage,
      send: (signal) =>
        send({ signal, [oauth.allowInsecureRequests]: isPlain }).catch((error: unknown) => {
          throw error instanceof oauth.ResponseBodyError
            ? new OAuthRefusal(provider, error.status, error.error)
            : error;
        }),
    });
  }
}
