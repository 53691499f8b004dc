import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId } from '../../../platform/values/id.js';
import { TellStaff } from '../../notifications/index.js';
import type { DisabledReason, WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { WebhookTables } from '../tables.js';

/** What comes of an endpoint that is given up: what waits for it is dead, and the school's owners hear of it; a partner reads its state. */
@Injectable()
export class GiveUpEndpoint {
  constructor(
    readonly em: EntityManager,
    private readonly staff: TellStaff,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Joins the caller's transaction. */
  @Transaction()
  async execute({ id, url, partner }: WebhookEndpoint, reason: DisabledReason): Promise<void> {
    await globalQuery<WebhookTables>(this.em)
      .updateTable('webhook_messages')
      .set({ state: 'dead', closed_at: this.clock.now(), last_reason: 'endpoint_disabled' })
      .where('endpoint_id', '=', bin(id))
      .where('state', '=', 'queued')
      .execute();
    const { host } = new URL(url);
    await this.audit.record({ action: 'webhook_endpoint.disabled', subjectId: id, details: { host, reason } });
    if (partner !== null) return;
    await this.staff.execute({
      kind: 'school_webhook_disabled',
      subjectId: id,
      cause: newId(),
      params: { host, reason },
    });
  }
}
