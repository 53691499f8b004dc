import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../../platform/config/app.config.js';
import { Encryption } from '../../../../platform/crypto/encryption.js';
import { hashOfToken, newSecretToken } from '../../../../platform/crypto/secret-token.js';
import { bin, globalQuery, lockedAsItIs, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import { expiryOf, lastsLongEnough, type PayLinkSchema, sealedTokenOf } from '../domain/pay-link.js';

type Db = Tables<typeof InvoiceSchema | typeof PayLinkSchema>;

export interface PayLink {
  readonly url: string;
  readonly expiresAt: Date;
}

// 128 bits: the link shall fit into a text message.
const tokenBytes = 16;

/** The secret links by which an invoice is paid without signing in: who holds one sees that one invoice's amounts, and may pay it. */
@Injectable()
export class PayLinks {
  constructor(
    readonly em: EntityManager,
    private readonly app: AppConfig,
    private readonly clock: Clock,
    private readonly encryption: Encryption,
  ) {}

  /** Where an invoice is paid: its link, or a new one once that does not last much longer. @throws InvoiceNotFound */
  async forInvoice(invoiceId: Id): Promise<string> {
    return (await this.open(invoiceId)).url;
  }

  /** @throws InvoiceNotFound, also for a credit note */
  @Transaction()
  async open(invoiceId: Id): Promise<PayLink> {
    const link = await this.current(invoiceId);
    if (link && lastsLongEnough(link.expiresAt, this.clock.now())) return link;
    await this.assertInvoice(invoiceId);
    // That one alone: of two who find it too old, the second takes what the first has made.
    if (link) await this.currentOnes(invoiceId).where('id', '=', bin(link.id)).execute();
    return this.insert(invoiceId);
  }

  /** A new link; the one of until now opens nothing any more. @throws InvoiceNotFound, also for a credit note */
  @Transaction()
  async replace(invoiceId: Id): Promise<PayLink> {
    await this.assertInvoice(invoiceId);
    await this.currentOnes(invoiceId).execute();
    return this.insert(invoiceId);
  }

  /** Takes the place from whichever has it. */
  private currentOnes(invoiceId: Id) {
    return globalQuery<Db>(this.em)
      .updateTable('pay_links')
      .set({ current_for: null, token: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('current_for', '=', bin(invoiceId));
  }

  /** Somebody else may make one at the same moment: then his is ours too. */
  private async insert(invoiceId: Id): Promise<PayLink> {
    const [id, token, now] = [newId(), newSecretToken(tokenBytes), this.clock.now()];
    await globalQuery<Db>(this.em)
      .insertInto('pay_links')
      .values({
        id: bin(id),
        school_id: bin(currentSchool()),
        invoice_id: bin(invoiceId),
        current_for: bin(invoiceId),
        token_hash: hashOfToken(token),
        token: this.encryption.seal(token, sealedTokenOf(id)),
        created_at: now,
        expires_at: expiryOf(now),
      })
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return (await this.current(invoiceId))!;
  }

  private async current(invoiceId: Id): Promise<(PayLink & { readonly id: Id }) | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('pay_links')
      .select(['id', 'token', 'expires_at as expiresAt'])
      .where('current_for', '=', bin(invoiceId))
      .executeTakeFirst();
    if (!row?.token) return null;
    const token = this.encryption.open(row.token, sealedTokenOf(row.id));
    return { id: row.id, url: new URL(`/pay/${token}`, this.app.publicUrl).href, expiresAt: row.expiresAt };
  }

  private async assertInvoice(id: Id): Promise<void> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('invoices')
      .select('kind')
      .where('id', '=', bin(id))
      .executeTakeFirst();
    if (row?.kind !== 'invoice') throw new InvoiceNotFound();
  }
}
