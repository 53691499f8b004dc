import type { LocalDate } from '../../../platform/values/zone.js';
import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { JournalEntry } from '../../finance/index.js';

/** The right to act in one school's books. */
export interface BooksAccess {
  /** What stands in the `Authorization` header, or the grant of a system that has its own. */
  token(): Promise<string>;
  /** The books refused this token: another one, asked for once however many workers ask at a time. @throws BooksDisconnected */
  renew(refused: string): Promise<string>;
}

/** One school's tie to its books, opened for the length of a job. */
export interface BooksConnection {
  readonly id: Id;
  readonly schoolId: Id;
  /** The company in the books: Xero's tenant, QuickBooks' realm; null where the access says it. */
  readonly company: string | null;
  readonly access: BooksAccess;
  /** How files look, for a system that is one of files. */
  readonly layout?: BooksLayout;
}

export const layoutColumns = ['date', 'voucher', 'account', 'text', 'debit', 'credit', 'amount', 'vatCode'] as const;
export type LayoutColumn = (typeof layoutColumns)[number];

/** How journals look as files. */
export interface BooksLayout {
  readonly columns: readonly LayoutColumn[];
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly decimal: 'comma' | 'point';
}

/** Id of a record in the books, in their own form. */
export type BooksId = string;

export interface Booked {
  readonly outcome: 'booked';
  readonly booksId: BooksId;
  /** What people see there, where it differs from the id. */
  readonly number: string | null;
}

/** Unknown is looked up by our reference before anything is tried again. */
export type BookedOrNot = Booked | Rejected | Unknown;

export interface BooksCompany {
  readonly id: string;
  readonly name: string;
  /** Empty where only the company itself says it. */
  readonly currency: string;
}

export interface BooksAccount {
  readonly code: string;
  readonly name: string;
  readonly kind: 'revenue' | 'expense' | 'asset' | 'liability' | 'equity' | 'bank';
}

export interface BooksTaxCode {
  readonly code: string;
  readonly name: string;
  /** In hundredths of a percent; null where the system does not say it. */
  readonly rateBp: number | null;
}

export interface BooksCustomer {
  /** Ours; the same customer is never made twice. */
  readonly id: Id;
  readonly number: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: { readonly lines: readonly string[]; readonly postalCode: string; readonly city: string } | null;
  /** CVR of a firm that pays. */
  readonly companyNumber: string | null;
  readonly booksId: BooksId | null;
}

export interface BooksLine {
  readonly text: string;
  readonly quantity: number;
  readonly net: Money;
  readonly vat: Money;
  /** In their words, by the school's mapping. */
  readonly account: string;
  readonly taxCode: string;
}

/** Amounts are positive as people read them, of a credit note too; a discount is a negative line. */
export interface BooksDocument {
  readonly id: Id;
  readonly kind: 'invoice' | 'credit_note';
  /** Ours, gap-free; the look-up after a time-out asks by it. */
  readonly number: string;
  readonly customer: BooksId;
  readonly date: LocalDate;
  readonly dueDate: LocalDate;
  readonly lines: readonly BooksLine[];
  readonly total: Money;
  /** Of a credit note: the invoice it takes back, once that is booked. */
  readonly credits: BooksId | null;
}

export interface BooksVoucher {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface BooksPayment {
  readonly id: Id;
  readonly kind: 'payment' | 'refund';
  readonly date: LocalDate;
  readonly amount: Money;
  readonly customer: BooksId;
  /** Their account that the money lies on. */
  readonly account: string;
  /** Which documents it settles (a refund: credit notes); what is over stays on the customer's account. */
  readonly settles: readonly { readonly document: BooksId; readonly amount: Money }[];
  /** Ours, for the look-up and the bank's line. */
  readonly reference: string;
}

/** What a period's ledger comes to, an entry per account and VAT code. */
export interface BooksJournal {
  /** `{from}_{to}`; the same period is never booked twice. */
  readonly reference: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** In their account numbers and codes; debits and credits add up to the same. Where reading it fails, nothing may be booked. */
  readonly entries: AsyncIterable<readonly JournalEntry[]>;
}

export type BooksRecordKind = 'customer' | 'invoice' | 'credit_note' | 'payment' | 'refund' | 'journal';

export interface BooksTotals {
  readonly documents: Readonly<Record<'invoice' | 'credit_note', { readonly count: number; readonly total: Money }>>;
  readonly payments: Readonly<Record<'payment' | 'refund', { readonly count: number; readonly total: Money }>>;
}

/** How a document stands in the books. */
export interface BooksStatus {
  readonly state: 'draft' | 'open' | 'paid' | 'voided' | 'missing';
  readonly total: Money | null;
  readonly due: Money | null;
}

/** Said of the adapter, so that a school is offered no mode that its system does not have. */
export interface BooksAbilities {
  readonly documents: boolean;
  readonly journals: boolean;
  /** Its journals have every line, and not a sum for each account and VAT code. */
  readonly journalLines?: boolean;
  /** A journal there takes a file as its voucher. */
  readonly journalVouchers?: boolean;
}

/**
 * A bookkeeping system. Holds no state between calls. Every push carries our id as the provider's idempotency key where it has
 * one, and leaves our number where `find` sees it. A push may be repeated for ever: it looks for what is there already, and
 * completes what was broken off (a document without its settlement, the second half of a payment).
 * @throws BooksDisconnected when the school has to connect again
 * @throws ProviderUnavailable when it was not asked, or has refused for too much at once: nothing was done, and `againInMs`
 * says when this school's books are worth asking again
 */
export abstract class AccountingClient {
  /** Stored on the connection: `csv`, `xero`, `quickbooks`, `e-conomic`. */
  abstract readonly provider: string;
  abstract readonly abilities: BooksAbilities;
  /** Of a system without a page for consent: whether the school types its access in. */
  readonly needsToken: boolean = true;

  /** Whose books these are: the test of a connection. */
  abstract company(connection: BooksConnection): Promise<BooksCompany>;
  abstract accounts(connection: BooksConnection): Promise<readonly BooksAccount[]>;
  abstract taxCodes(connection: BooksConnection): Promise<readonly BooksTaxCode[]>;

  /** By our number where it has no id yet; where numbers are theirs to give, somebody else's of that number is left alone. */
  abstract putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot>;
  abstract postDocument(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot>;
  /** Once for each document, however often it is called. */
  abstract attachVoucher(
    connection: BooksConnection,
    of: { readonly kind: BooksRecordKind; readonly booksId: BooksId },
    voucher: BooksVoucher,
  ): Promise<BookedOrNot>;
  abstract postPayment(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot>;
  abstract postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot>;

  /** By our reference (a customer's number, a document's number, a payment's reference, a journal's period); null: not there. */
  abstract find(connection: BooksConnection, kind: BooksRecordKind, reference: string): Promise<Booked | null>;
  abstract status(connection: BooksConnection, kind: 'invoice' | 'credit_note', booksId: BooksId): Promise<BooksStatus>;
  /** Of what we have put there, by its date, both ends included. */
  abstract totals(connection: BooksConnection, from: LocalDate, to: LocalDate): Promise<BooksTotals>;
}

export interface OAuthTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** The consent flow of a system that has one (Xero, QuickBooks). */
export abstract class BooksConsent {
  abstract readonly provider: string;
  abstract authorizeUrl(state: string, returnUrl: string): string;
  abstract exchange(code: string, returnUrl: string): Promise<OAuthTokens>;
  /** @throws BooksDisconnected when the refresh token counts no more */
  abstract refresh(refreshToken: string): Promise<OAuthTokens>;
  /** The companies the person has let us into, to choose one of; where the answer to the consent names it (QuickBooks), that one. */
  abstract companies(accessToken: string, answer: Readonly<Record<string, string>>): Promise<readonly BooksCompany[]>;
  abstract revoke(refreshToken: string): Promise<void>;
}

/** The school has to connect its books again: the access was taken back, or has run out. */
export class BooksDisconnected extends Error {
  constructor(
    readonly provider: string,
    /** The provider's word; no personal data. */
    readonly reason: string,
  ) {
    super(`${provider} takes our access no more: ${reason}`);
  }
}
