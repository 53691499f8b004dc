import { EntityManager } from '@mikro-orm/mysql';
import type { INestApplicationContext } from '@nestjs/common';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import type { SessionSchema } from '../domain/session.js';
import { OpenSession } from '../use-cases/open-session.js';

const nowhere = { address: '127.0.0.1', userAgent: null };

/**
 * An access token of a new session, without the time a password takes; valid for a day of the application's clock. The session
 * stays however far a test moves the clock, so that the token is good again when the clock is back.
 */
export async function accessTokenOf(app: INestApplicationContext, userId: Id): Promise<string> {
  const { sessionId } = await app.get(OpenSession, { strict: false }).begin(userId, nowhere);
  await globalQuery<Tables<typeof SessionSchema>>(app.get<EntityManager>(EntityManager).fork())
    .updateTable('sessions')
    .set({ expires_at: new Date('2100-01-01') })
    .where('id', '=', bin(sessionId))
    .execute();
  return app.get(AccessTokens, { strict: false }).issue(sessionId, 'api', 86_400);
}
