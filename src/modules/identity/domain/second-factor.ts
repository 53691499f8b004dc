import { defineEntity } from '@mikro-orm/core';
import { id, instant, int, sealed, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';

/** The secret that a person's authenticator app shares with us. It counts once a code has confirmed it. */
export const SecondFactorSchema = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factors',
  properties: {
    userId: id().primary(),
    secret: sealed(),
    createdAt: instant(),
    confirmedAt: instant().nullable(),
    /** The time step of the last code that was taken: none counts twice. */
    lastStep: int().nullable(),
  },
});

/** Lets somebody in who has lost his authenticator, once. */
export const RecoveryCodeSchema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  properties: {
    userId: id().primary(),
    hash: text(64).primary(),
    usedAt: instant().nullable(),
  },
});

/** Where a sealed secret belongs: it opens in its person's row alone. */
export function secretContext(userId: Id): string {
  return `second_factors.secret:${userId}`;
}
