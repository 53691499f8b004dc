import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../config/app.config.js';
import { AccessDirectory, type KeyHolder, type PartnerHolder, type SignedIn } from './access-directory.js';
import { AccessTokens } from './access-tokens.js';
import { ForeignOrigin } from './auth-problems.js';

/** The cookie of the pages under /ops. By its name browsers take it over https alone, where there is https. */
export function opsCookie(publicUrl: string): {
  name: string;
  path: string;
  httpOnly: true;
  sameSite: 'strict';
  secure: boolean;
} {
  const secure = publicUrl.startsWith('https:');
  return { name: secure ? '__Secure-jd_ops' : 'jd_ops', path: '/ops', httpOnly: true, sameSite: 'strict', secure };
}

/** Methods that change nothing. */
export const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Finds out who sends a request. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly config: AppConfig,
    private readonly tokens: AccessTokens,
    private readonly directory: AccessDirectory,
  ) {}

  /** By access token or API key. Null when there is none, or nothing that runs behind it. */
  async ofBearer(request: FastifyRequest): Promise<SignedIn | KeyHolder | PartnerHolder | null> {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) return null;
    if (this.directory.isKey(token)) return this.directory.findKey(token);
    const sessionId = await this.tokens.verify(token, 'api');
    return sessionId && this.directory.find(sessionId);
  }

  /** By the cookie of the operators' pages. @throws ForeignOrigin */
  async ofCookie(request: FastifyRequest): Promise<SignedIn | null> {
    this.assertOwnOrigin(request);
    const token = request.cookies[opsCookie(this.config.publicUrl).name];
    const sessionId = token ? await this.tokens.verify(token, 'ops') : null;
    return sessionId && this.directory.find(sessionId);
  }

  /**
   * A form or script of another site may not act with our cookie: the second lock beside SameSite=Strict.
   * @throws ForeignOrigin
   */
  assertOwnOrigin(request: FastifyRequest): void {
    if (safeMethods.includes(request.method)) return;
    const { origin } = request.headers;
    const own = [new URL(this.config.publicUrl).origin, `${request.protocol}://${request.host}`];
    if (origin === undefined || !own.includes(origin)) throw new ForeignOrigin();
  }
}
