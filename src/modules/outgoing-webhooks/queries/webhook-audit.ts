import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../platform/verification/verifies.js';
import { type FinanceCheck, findingsOf } from '../../finance/index.js';

const checks: readonly FinanceCheck[] = [
  {
    name: 'a webhook delivery is closed from when it has its outcome',
    sql: `SELECT id AS subject, CONCAT(state, ' since ', COALESCE(closed_at, 'never')) AS detail FROM webhook_messages
      WHERE school_id = :school AND (state = 'queued') <> (closed_at IS NULL)`,
  },
  {
    name: 'a webhook delivery that arrived has an attempt that was accepted',
    sql: `SELECT m.id AS subject, m.type AS detail FROM webhook_messages m WHERE m.school_id = :school AND m.state = 'delivered'
      AND NOT EXISTS (SELECT 1 FROM webhook_attempts a
        WHERE a.school_id = m.school_id AND a.message_id = m.id AND a.outcome = 'accepted')`,
  },
  {
    name: 'nothing waits for a webhook endpoint that was given up',
    sql: `SELECT m.id AS subject, e.state AS detail FROM webhook_messages m
      JOIN webhook_endpoints e ON e.school_id = m.school_id AND e.id = m.endpoint_id
      WHERE m.school_id = :school AND m.state = 'queued' AND e.state = 'disabled'`,
  },
];

/** Proves that what webhooks say of themselves is so. */
@Injectable()
export class WebhookAudit {
  constructor(private readonly em: EntityManager) {}

  @Verifies('webhooks: deliveries and their outcomes')
  verify(): Promise<string[]> {
    return findingsOf(this.em, checks);
  }
}
