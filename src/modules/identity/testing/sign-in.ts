import type { INestApplicationContext } from '@nestjs/common';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import type { Id } from '../../../platform/values/id.js';
import { OpenSession } from '../use-cases/open-session.js';

const nowhere = { address: '127.0.0.1', userAgent: null };

/** An access token of a new session, without the time a password takes; valid for a day of the application's clock. */
export async function accessTokenOf(app: INestApplicationContext, userId: Id): Promise<string> {
  const { sessionId } = await app.get(OpenSession, { strict: false }).begin(userId, nowhere);
  return app.get(AccessTokens, { strict: false }).issue(sessionId, 'api', 86_400);
}
