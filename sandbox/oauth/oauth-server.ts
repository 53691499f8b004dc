import { textOf } from '../http/text-of.js';
import { randomUUID } from 'node:crypto';
import { basicLogin } from '../http/basic-login.js';
import { BoundedMap } from '../http/bounded-map.js';
import { Refusal } from '../http/refusal.js';
import type { FormTree } from '../http/form.js';

export interface OAuthServerOptions {
  clientId: string;
  clientSecret: string;
  /** How long an access token counts. */
  accessSeconds: number;
  /** What the vendor's way back from its consent page says besides code and state. */
  alsoTold?: (companies: readonly string[]) => Record<string, string>;
}

interface Grant {
  readonly companies: readonly string[];
  refreshToken: string;
  /** Honoured until one of the tokens that replaced it is used: its answer may have been lost. */
  previous: string | null;
}

interface Access {
  readonly grant: Grant;
  readonly until: number;
  /** The refresh token that was given for it. */
  readonly gotBy: string | null;
}

const CODE_MS = 300_000;

/** OAuth 2's code flow of a vendor: codes that count once, access that runs out, refresh tokens that rotate. */
export class OAuthServer {
  private readonly codes = new BoundedMap<
    string,
    { redirectUri: string; companies: readonly string[]; until: number }
  >();
  private readonly access = new BoundedMap<string, Access>();
  private readonly refresh = new BoundedMap<string, Grant>();

  constructor(private readonly options: OAuthServerOptions) {}

  /** What is wrong with the address of a consent page. */
  problemOf(query: FormTree): string | undefined {
    if (query['response_type'] !== 'code') return 'unsupported_response_type';
    if (query['client_id'] !== this.options.clientId) return 'unauthorized_client';
    if (!URL.canParse(textOf(query['redirect_uri']))) return 'invalid_redirect_uri';
    return query['state'] && query['scope'] ? undefined : 'invalid_request';
  }

  /** A person lets the application into these companies, or into none; the address of the way back. */
  answer(query: FormTree, companies: readonly string[]): string {
    const back = new URL(textOf(query['redirect_uri']));
    back.searchParams.set('state', textOf(query['state']));
    if (companies.length === 0) {
      back.searchParams.set('error', 'access_denied');
      return back.href;
    }
    const code = randomUUID();
    this.codes.set(code, { redirectUri: textOf(query['redirect_uri']), companies, until: Date.now() + CODE_MS });
    back.searchParams.set('code', code);
    for (const [name, value] of Object.entries(this.options.alsoTold?.(companies) ?? {})) {
      back.searchParams.set(name, value);
    }
    return back.href;
  }

  /** The token endpoint. */
  token(body: FormTree, authorization: string | undefined): object {
    this.refuseOthers(authorization);
    if (body['grant_type'] === 'authorization_code') return this.exchange(body);
    if (body['grant_type'] === 'refresh_token') return this.renew(textOf(body['refresh_token']));
    throw new Refusal(400, { error: 'unsupported_grant_type' });
  }

  revoke(body: FormTree, authorization: string | undefined): object {
    this.refuseOthers(authorization);
    const grant = this.refresh.get(textOf(body['token']));
    if (grant) this.end(grant);
    return {};
  }

  /** The companies that the bearer is let into; undefined when the token counts no more. */
  companiesOf(authorization: string | undefined): readonly string[] | undefined {
    const access = this.access.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (!access || access.until < Date.now()) return undefined;
    if (access.gotBy === access.grant.previous) this.settle(access.grant);
    return access.grant.companies;
  }

  /** Every access token runs out at once. */
  expireAccess(): void {
    this.access.clear();
  }

  /** Everybody takes their consent back. */
  endAll(): void {
    for (const grant of this.refresh.values()) this.end(grant);
    this.access.clear();
  }

  clear(): void {
    this.codes.clear();
    this.access.clear();
    this.refresh.clear();
  }

  private exchange(body: FormTree): object {
    const code = this.codes.get(textOf(body['code']));
    this.codes.delete(textOf(body['code']));
    const counts = code && code.until > Date.now() && code.redirectUri === body['redirect_uri'];
    if (!counts) throw new Refusal(400, { error: 'invalid_grant' });
    return this.granted({ companies: code.companies, refreshToken: '', previous: null });
  }

  private renew(token: string): object {
    const grant = this.refresh.get(token);
    if (!grant) throw new Refusal(400, { error: 'invalid_grant' });
    // Asked again with the old one, as its answer was lost; or it is the new one, which ends the old one.
    if (grant.previous === token) this.refresh.delete(grant.refreshToken);
    else this.settle(grant);
    return this.granted(grant, token);
  }

  private granted(grant: Grant, previous: string | null = null): object {
    const { accessSeconds } = this.options;
    grant.previous = previous;
    grant.refreshToken = randomUUID();
    this.refresh.set(grant.refreshToken, grant);
    const accessToken = randomUUID();
    this.access.set(accessToken, { grant, until: Date.now() + accessSeconds * 1_000, gotBy: previous });
    return {
      access_token: accessToken,
      refresh_token: grant.refreshToken,
      token_type: 'Bearer',
      expires_in: accessSeconds,
    };
  }

  private settle(grant: Grant): void {
    if (grant.previous) this.refresh.delete(grant.previous);
    grant.previous = null;
  }

  private end(grant: Grant): void {
    for (const [token, one] of this.refresh) if (one === grant) this.refresh.delete(token);
    for (const [token, one] of this.access) if (one.grant === grant) this.access.delete(token);
  }

  private refuseOthers(authorization: string | undefined): void {
    const { clientId, clientSecret } = this.options;
    if (authorization !== basicLogin(clientId, clientSecret)) throw new Refusal(401, { error: 'invalid_client' });
  }
}
