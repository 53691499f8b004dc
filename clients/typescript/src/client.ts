import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type Schemas = components['schemas'];

/** The two tokens of a session. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface ClientOptions {
  /** Such as https://api.example.dk, without /v1. */
  readonly baseUrl: string;
  /** The session to begin with, when there is one already. */
  readonly tokens?: Tokens;
  /** Told of every new pair, so that it can be kept; null when the session has ended. */
  readonly onTokens?: (tokens: Tokens | null) => void;
  /** Language of problem texts. */
  readonly language?: 'da' | 'en';
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client for every operation of the API, typed by its OpenAPI document: `client.GET('/v1/schools/{schoolId}/bookings', …)`.
 * Signs each call in, and renews the session when the access token has run out.
 */
export class JustDrivingClient {
  readonly api: Client<paths>;
  private tokens: Tokens | null;
  private renewal: Promise<Tokens | null> | null = null;

  constructor(private readonly options: ClientOptions) {
    this.tokens = options.tokens ?? null;
    this.api = createClient<paths>({ baseUrl: options.baseUrl, fetch: (request) => this.send(request) });
    this.api.use(headers(options.language ?? 'en'));
  }

  /** @throws ProblemError when the credentials are refused */
  async logIn(email: string, password: string): Promise<Schemas['SessionDto']> {
    const { data, error, response } = await this.api.POST('/v1/auth/login', { body: { email, password } });
    if (!data) throw new ProblemError(response.status, error);
    this.keep(data);
    return data;
  }

  async logOut(): Promise<void> {
    if (this.tokens) await this.api.POST('/v1/auth/logout', { body: { refreshToken: this.tokens.refreshToken } });
    this.keep(null);
  }

  private async send(request: Request): Promise<Response> {
    const used = this.tokens;
    if (!used) return this.fetch(request);
    const answer = await this.fetch(signed(request.clone(), used));
    if (answer.status !== 401) return answer;
    const renewed = this.tokens === used ? await this.renew(used) : this.tokens;
    return renewed ? this.fetch(signed(request, renewed)) : answer;
  }

  // Calls that run out together renew together: a refresh token works once.
  private renew({ refreshToken }: Tokens): Promise<Tokens | null> {
    this.renewal ??= this.exchange(refreshToken).finally(() => (this.renewal = null));
    return this.renewal;
  }

  private async exchange(refreshToken: string): Promise<Tokens | null> {
    const { baseUrl } = this.options;
    const answer = await this.fetch(
      new Request(new URL('/v1/auth/refresh', baseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken }),
      }),
    );
    if (answer.status >= 500) return null;
    this.keep(answer.ok ? ((await answer.json()) as Tokens) : null);
    return this.tokens;
  }

  private keep(tokens: Tokens | null): void {
    this.tokens = tokens && { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
    this.options.onTokens?.(this.tokens);
  }

  private fetch(request: Request): Promise<Response> {
    return (this.options.fetch ?? fetch)(request);
  }
}

/** An answer that was a refusal, as RFC 9457 problem details. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Schemas['ProblemDto'] | undefined,
  ) {
    super(problem?.detail ?? `HTTP ${status}`);
  }
}

function signed(request: Request, { accessToken }: Tokens): Request {
  request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
}

function headers(language: string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set('accept-language', language);
      return request;
    },
  };
}
