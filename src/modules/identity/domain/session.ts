import { defineEntity } from '@mikro-orm/core';
import { id, instant, text } from '../../../platform/database/columns.js';

/** A login that runs until it is ended, or expires. Every access token names its session, so ending it works at once. */
export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: id().primary(),
    userId: id().index('sessions_user'),
    createdAt: instant(),
    expiresAt: instant().index('sessions_expires_at'),
    endedAt: instant().nullable(),
    /** Where it was opened and from what, so that its person recognises it. */
    address: text(45).nullable(),
    userAgent: text(300).nullable(),
    lastUsedAt: instant().nullable(),
  },
});

/** One refresh token of a session: each works once, and using one twice ends the session. */
export const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_tokens',
  properties: {
    id: id().primary(),
    sessionId: id().index('refresh_tokens_session'),
    hash: text(64).unique('refresh_tokens_hash'),
    expiresAt: instant(),
    usedAt: instant().nullable(),
  },
});
