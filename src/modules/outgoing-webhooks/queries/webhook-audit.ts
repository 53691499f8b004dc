import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Verifies } from '../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../platform/verification/findings-of.js';

const checks: readonly Check[] = [
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
  {
    name: 'a webhook delivery counts its attempts',
    sql: `SELECT m.id AS subject, CONCAT(m.attempts, ' counted') AS detail FROM webhook_messages m WHERE m.school_id = :school
      AND m.attempts <> (SELECT COUNT(*) FROM webhook_attempts a WHERE a.school_id = m.school_id AND a.message_id = m.id)`,
  },
  {
    // Whoever sends has a minute for a round, and an endpoint that fails is left alone for a quarter of an hour at most.
    name: 'no webhook delivery is due for a day that its endpoint is there for',
    sql: `SELECT m.id AS subject, CONCAT('due at ', m.due_at) AS detail FROM webhook_messages m
      JOIN webhook_endpoints e ON e.school_id = m.school_id AND e.id = m.endpoint_id
      WHERE m.school_id = :school AND m.state = 'queued' AND e.state = 'active' AND m.due_at < UTC_TIMESTAMP() - INTERVAL 1 DAY
        AND (e.held_until IS NULL OR e.held_until < UTC_TIMESTAMP() - INTERVAL 1 DAY)`,
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
