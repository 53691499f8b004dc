import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { hashOfToken } from '../../../../platform/crypto/secret-token.js';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { acrossSchools } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { SchoolLogos } from '../../../schools/index.js';
import { StudentDirectory } from '../../../students/index.js';
import { giroLineOf } from '../../bank-statements/domain/fik.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { Invoice, type InvoiceState, type Seller } from '../../domain/invoice.js';
import { Payment, type PaymentSchema } from '../../domain/payment.js';
import type { PaymentState } from '../../domain/payment-state.js';
import { SellerReader } from '../../queries/seller-reader.js';
import type { PayLinkSchema } from '../domain/pay-link.js';

type Db = Tables<typeof PayLinkSchema | typeof PaymentSchema>;

/** Which invoice a link or a payment is about. */
export interface PayPlace {
  readonly schoolId: Id;
  readonly invoiceId: Id;
  /** The link’s secret, for whoever came by one. */
  readonly token?: string;
}

export interface LinkPlace extends PayPlace {
  /** Replaced by another link, or too old. */
  readonly isExpired: boolean;
}

export interface PaymentPlace extends PayPlace {
  readonly paymentId: Id;
}

/** A way to pay without the gateway. */
export interface Transfer {
  readonly account: string | null;
  /** What a payer types into his bank instead: the invoice is in it. */
  readonly giroLine: string | null;
}

export interface SchoolOnPage {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly hasLogo: boolean;
}

/** What the page says: no more than whoever pays has to know. */
export interface InvoiceOnPage {
  readonly number: number;
  readonly state: InvoiceState;
  readonly gross: Money;
  readonly paid: Money;
  readonly credited: Money;
  readonly outstanding: Money;
  readonly dueOn: LocalDate;
  readonly isOverdue: boolean;
  readonly locale: 'da' | 'en';
  readonly school: SchoolOnPage;
  readonly buyer: string;
  readonly student: string;
  /** Where money can be sent instead; null where the invoice named no account. */
  readonly transfer: Transfer | null;
  /** The student's, who pays or has somebody pay for him. */
  readonly userId: Id;
}

/** What stands behind the links and payments of the pay page. */
@Injectable()
export class PayPageReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly logos: SchoolLogos,
  ) {}

  /** Null for a token that is none of ours. */
  async link(token: string): Promise<LinkPlace | null> {
    const row = await acrossSchools('whoever has a link’s secret is known by it alone', () =>
      globalQuery<Db>(this.em)
        .selectFrom('pay_links')
        .select(['school_id as schoolId', 'invoice_id as invoiceId', 'current_for', 'expires_at'])
        .where('token_hash', '=', hashOfToken(token))
        .executeTakeFirst(),
    );
    if (!row) return null;
    const { schoolId, invoiceId } = row;
    return { schoolId, invoiceId, token, isExpired: row.current_for === null || row.expires_at <= this.clock.now() };
  }

  /** Null for an id that is no payment's of an invoice. */
  async payment(paymentId: Id): Promise<PaymentPlace | null> {
    const row = await acrossSchools('whoever comes back from a gateway brings his payment’s id alone', () =>
      globalQuery<Db>(this.em)
        .selectFrom('payments')
        .select(['school_id as schoolId', 'invoice_id as invoiceId'])
        .where('id', '=', bin(paymentId))
        .where('flow', '=', 'checkout')
        .executeTakeFirst(),
    );
    return row?.invoiceId ? { schoolId: row.schoolId, invoiceId: row.invoiceId, paymentId } : null;
  }

  /** In the invoice's school. */
  async paymentState(paymentId: Id): Promise<PaymentState> {
    return (await this.em.fork().findOneOrFail(Payment, { id: paymentId })).state;
  }

  /** In the invoice's school. @throws InvoiceNotFound */
  async invoice(id: Id): Promise<InvoiceOnPage> {
    const invoice = await this.em.fork().findOne(Invoice, { id });
    if (!invoice?.number) throw new InvoiceNotFound();
    const student = await this.students.get(invoice.studentId);
    const { seller, zone } = await this.sellers.terms();
    const hasLogo = (await this.logos.current()) !== null;
    const { outstanding, gross, buyer, seller: issuer } = invoice;
    return {
      number: invoice.number,
      state: invoice.state,
      gross,
      paid: Money.of(invoice.paidMinor, invoice.currency),
      credited: Money.of(invoice.creditedMinor, invoice.currency),
      outstanding,
      dueOn: invoice.dueOn,
      isOverdue: outstanding.isPositive && invoice.dueOn < localDate(this.clock.now(), zone),
      locale: invoice.locale,
      school: { name: issuer.name, phone: seller.phone, email: seller.email, hasLogo },
      buyer: buyer.name,
      student: student.name,
      transfer: transferOf(invoice.number, issuer),
      userId: student.userId,
    };
  }
}

function transferOf(number: number, { bankAccount, giroCreditor }: Seller): Transfer | null {
  if (!bankAccount && !giroCreditor) return null;
  return { account: bankAccount, giroLine: giroCreditor ? giroLineOf(number, giroCreditor) : null };
}
