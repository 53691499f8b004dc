import {
  AccountingClient,
  type Booked,
  type BookedOrNot,
  type BooksAccount,
  type BooksCompany,
  type BooksConnection,
  type BooksCustomer,
  type BooksDocument,
  type BooksId,
  type BooksJournal,
  type BooksPayment,
  type BooksRecordKind,
  type BooksStatus,
  type BooksTaxCode,
  type BooksTotals,
  type BooksVoucher,
} from '../../modules/accounting/index.js';
import { Money } from '../../platform/values/money.js';
import type { LocalDate } from '../../platform/values/zone.js';
import { afterFailure, type QuickbooksApi, quoted } from './quickbooks-api.js';
import { bookedDocument, QuickbooksDocuments } from './quickbooks-documents.js';
import { QuickbooksMoney } from './quickbooks-money.js';
import { accountOf, note, type QuickbooksDocument, type QuickbooksRecord, toBooked } from './quickbooks-words.js';

interface TaxCode {
  readonly Id: string;
  readonly Name: string;
  readonly SalesTaxRateList?: {
    readonly TaxRateDetail?: readonly { readonly TaxRateRef: { readonly value: string } }[];
  };
}

const entities: Partial<Record<BooksRecordKind, 'Invoice' | 'CreditMemo' | 'Payment' | 'JournalEntry'>> = {
  invoice: 'Invoice',
  credit_note: 'CreditMemo',
  payment: 'Payment',
  refund: 'JournalEntry',
  journal: 'JournalEntry',
};

/** QuickBooks Online. A customer's name there ends in our number, our document numbers are theirs. */
export class QuickbooksAccountingClient extends AccountingClient {
  readonly provider = 'quickbooks';
  readonly abilities = { documents: true, journals: true, journalVouchers: true };
  private readonly documents: QuickbooksDocuments;
  private readonly money: QuickbooksMoney;

  constructor(private readonly api: QuickbooksApi) {
    super();
    this.documents = new QuickbooksDocuments(api);
    this.money = new QuickbooksMoney(api);
  }

  async company(connection: BooksConnection): Promise<BooksCompany> {
    const id = connection.company ?? '';
    const call = { operation: 'fetch company', method: 'GET', path: `/companyinfo/${id}` } as const;
    const { CompanyInfo } = await this.api.call<{ CompanyInfo: { CompanyName: string } }>(connection, call);
    const preferences = { operation: 'fetch preferences', method: 'GET', path: '/preferences' } as const;
    const { Preferences } = await this.api.call<{
      Preferences: { CurrencyPrefs?: { HomeCurrency?: { value: string } } };
    }>(connection, preferences);
    return { id, name: CompanyInfo.CompanyName, currency: Preferences.CurrencyPrefs?.HomeCurrency?.value ?? '' };
  }

  async accounts(connection: BooksConnection): Promise<readonly BooksAccount[]> {
    const accounts = await this.api.query<Parameters<typeof accountOf>[0]>(connection, 'Account', 'Active = true');
    return accounts.map(accountOf);
  }

  async taxCodes(connection: BooksConnection): Promise<readonly BooksTaxCode[]> {
    const rates = await this.api.query<{ Id: string; RateValue: number }>(connection, 'TaxRate');
    const codes = await this.api.query<TaxCode>(connection, 'TaxCode', 'Active = true');
    return codes.map(({ Id: code, Name: name, SalesTaxRateList }) => {
      const of = SalesTaxRateList?.TaxRateDetail?.[0]?.TaxRateRef.value;
      const rate = rates.find(({ Id }) => Id === of)?.RateValue;
      return { code, name, rateBp: rate === undefined ? null : Math.round(rate * 100) };
    });
  }

  async putCustomer(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    try {
      const before = await this.customer(connection, customer);
      const known = before ? { Id: before.Id, SyncToken: before.SyncToken, sparse: true } : {};
      const saved = await this.api.create<QuickbooksRecord>(connection, 'Customer', {
        ...known,
        ...customerOf(customer),
      });
      return { outcome: 'booked', booksId: saved.Id, number: customer.number };
    } catch (error) {
      const { name, email } = customer;
      const answer = afterFailure(error);
      if (answer.outcome === 'booked') return answer;
      return { ...answer, reason: answer.reason.replaceAll(name, '…').replaceAll(email ?? name, '…') };
    }
  }

  postDocument(connection: BooksConnection, document: BooksDocument): Promise<BookedOrNot> {
    return this.documents.post(connection, document);
  }

  async attachVoucher(
    connection: BooksConnection,
    { kind, booksId }: { readonly kind: BooksRecordKind; readonly booksId: BooksId },
    voucher: BooksVoucher,
  ): Promise<BookedOrNot> {
    const type = entities[kind];
    if (!type) return { outcome: 'rejected', reason: 'a customer has no voucher' };
    try {
      const where = `AttachableRef.EntityRef.Type = ${quoted(type)} and AttachableRef.EntityRef.value = ${quoted(booksId)}`;
      const all = await this.api.query<QuickbooksRecord & { FileName?: string }>(connection, 'Attachable', where);
      const before = all.find(({ FileName }) => FileName === voucher.fileName);
      const id = before?.Id ?? (await this.upload(connection, { type, value: booksId }, voucher));
      return { outcome: 'booked', booksId: id, number: null };
    } catch (error) {
      return afterFailure(error);
    }
  }

  postPayment(connection: BooksConnection, payment: BooksPayment): Promise<BookedOrNot> {
    return this.money.post(connection, payment);
  }

  postJournal(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    return this.money.postJournal(connection, journal);
  }

  async find(connection: BooksConnection, kind: BooksRecordKind, reference: string): Promise<Booked | null> {
    if (kind === 'invoice' || kind === 'credit_note') {
      return bookedDocument(await this.documents.find(connection, kind, reference));
    }
    if (kind !== 'customer') return this.money.find(connection, kind, reference);
    const found = await this.customer(connection, { number: reference, booksId: null });
    return found && { ...toBooked(found), number: reference };
  }

  async status(connection: BooksConnection, kind: 'invoice' | 'credit_note', booksId: BooksId): Promise<BooksStatus> {
    const entity = kind === 'invoice' ? 'Invoice' : 'CreditMemo';
    const [found] = await this.api.query<QuickbooksDocument>(connection, entity, `Id = ${quoted(booksId)}`);
    if (!found) return { state: 'missing', total: null, due: null };
    const [total, due] = [found.TotalAmt, found.RemainingCredit ?? found.Balance ?? 0].map((each) =>
      Math.round(each * 100),
    );
    const isVoid = total === 0 && /void/i.test(found.PrivateNote ?? '');
    const standing = due === 0 ? 'paid' : 'open';
    return { state: isVoid ? 'voided' : standing, total: Money.of(total!), due: Money.of(due!) };
  }

  async totals(connection: BooksConnection, from: LocalDate, to: LocalDate): Promise<BooksTotals> {
    const of = async (entity: 'Invoice' | 'CreditMemo' | 'Payment' | 'JournalEntry', wanted: string = note) => {
      const where = `TxnDate >= ${quoted(from)} and TxnDate <= ${quoted(to)}`;
      const all = await this.api.query<QuickbooksDocument>(connection, entity, where);
      const ours = all.filter(({ PrivateNote }) => PrivateNote === wanted);
      return {
        count: ours.length,
        total: Money.of(ours.reduce((sum, { TotalAmt }) => sum + Math.round(TotalAmt * 100), 0)),
      };
    };
    return {
      documents: { invoice: await of('Invoice'), credit_note: await of('CreditMemo') },
      payments: {
        payment: await of('Payment'),
        refund: await of('JournalEntry', `${note}: refund`),
      },
    };
  }

  private async customer(
    connection: BooksConnection,
    { number, booksId }: Pick<BooksCustomer, 'number' | 'booksId'>,
  ): Promise<QuickbooksRecord | null> {
    const where = booksId === null ? `DisplayName like '%(${quoted(number).slice(1, -1)})'` : `Id = ${quoted(booksId)}`;
    const [found] = await this.api.query<QuickbooksRecord>(connection, 'Customer', where);
    return found ?? null;
  }

  private async upload(
    connection: BooksConnection,
    EntityRef: { readonly type: string; readonly value: string },
    { fileName, mediaType, bytes }: BooksVoucher,
  ): Promise<string> {
    const metadata = JSON.stringify({ AttachableRef: [{ EntityRef }], FileName: fileName, ContentType: mediaType });
    const body = new FormData();
    body.append('file_metadata_0', new Blob([metadata], { type: 'application/json' }), 'metadata.json');
    body.append('file_content_0', new Blob([new Uint8Array(bytes)], { type: mediaType }), fileName);
    const query = { requestid: `voucher-${EntityRef.value}`.slice(0, 50) };
    const call = { operation: 'attach voucher', method: 'POST', path: '/upload', query, body } as const;
    const { AttachableResponse } = await this.api.call<{
      AttachableResponse: readonly { readonly Attachable?: QuickbooksRecord }[];
    }>(connection, call);
    const id = AttachableResponse[0]?.Attachable?.Id;
    if (!id) throw new Error('QuickBooks kept no voucher');
    return id;
  }
}

/** Names are unique there and have no colons; ours ends in the number that it is found by. */
function customerOf({ name, number, email, phone, address }: BooksCustomer): object {
  const clean = name.replaceAll(/[\p{Cc}:]+/gu, ' ');
  return {
    DisplayName: `${clean.slice(0, 400)} (${number})`,
    PrimaryEmailAddr: { Address: email ?? '' },
    Mobile: { FreeFormNumber: phone ?? '' },
    ...(address && {
      BillAddr: { Line1: address.lines.join(', ').slice(0, 500), PostalCode: address.postalCode, City: address.city },
    }),
  };
}
