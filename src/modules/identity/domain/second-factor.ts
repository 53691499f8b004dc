import { defineEntity } from '@mikro-orm/core';
import { id, instant, int, text } from '../../../platform/database/columns.js';

/** The secret that a person's authenticator app shares with us. It counts once a code has confirmed it. */
export const SecondFactorSchema = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factors',
  properties: {
    userId: id().primary(),
    /** Sealed by Encryption. */
    secret: text(300),
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
