import { defineEntity, p } from '@mikro-orm/core';
import { id, instant } from '../../database/columns.js';

const sha256 = () => p.blob().columnType('binary(32)');

/** The answer given to a request that its sender named by an Idempotency-Key. Whose it is, so that it can be found and erased. */
export const StoredAnswerSchema = defineEntity({
  name: 'StoredAnswer',
  tableName: 'stored_answers',
  properties: {
    /** Of sender, school, route and key: the key itself is nobody's business. */
    keyHash: sha256().primary(),
    /** Of path and body. */
    requestHash: sha256(),
    /** The user, or the API key. */
    userId: id(),
    schoolId: id().nullable(),
    /** Both null only until the transaction that made the row commits: nobody else ever sees that. */
    status: p.smallint().nullable(),
    body: p.text().columnType('mediumtext').nullable(),
    createdAt: instant().index('stored_answers_created'),
  },
});

export const idempotencyEntities = [StoredAnswerSchema];
