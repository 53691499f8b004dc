import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Money } from '../../../platform/values/money.js';
import type { Charge } from '../domain/charge.js';
import type { InvoiceLineSchema } from '../domain/invoice-line.js';

/** What was invoiced of a charge without VAT, less what has been credited: it is deferred, or revenue. */
@Injectable()
export class ChargeNet {
  constructor(private readonly em: EntityManager) {}

  async of({ id, currency }: Charge): Promise<Money> {
    const { net } = await schoolQuery<Tables<typeof InvoiceLineSchema>>(this.em)
      .selectFrom('invoice_lines')
      .select(sql<number>`coalesce(sum(net_minor), 0)`.as('net'))
      .where('charge_id', '=', bin(id))
      .executeTakeFirstOrThrow();
    return Money.of(net, currency);
  }
}
