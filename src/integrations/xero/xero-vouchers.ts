import type { Attachments } from 'xero-node/dist/gen/model/accounting/models.js';
import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import type {
  BookedOrNot,
  BooksConnection,
  BooksId,
  BooksRecordKind,
  BooksVoucher,
} from '../../modules/accounting/index.js';
import type { XeroApi } from './xero-api.js';
import { afterFailure } from './xero-words.js';

type Answer = Promise<{ body: Attachments }>;
type Options = { headers: Record<string, string> };

interface Place {
  list(sdk: AccountingApi, tenant: string, id: string): Answer;
  put(sdk: AccountingApi, tenant: string, id: string, voucher: BooksVoucher, key: string, options: Options): Answer;
}

/** What may have a file at Xero: a payment may not. */
const places: Partial<Record<BooksRecordKind, Place>> = {
  invoice: {
    list: (sdk, tenant, id) => sdk.getInvoiceAttachments(tenant, id),
    put: (sdk, tenant, id, { fileName, bytes }, key, options) =>
      sdk.createInvoiceAttachmentByFileName(tenant, id, fileName, bytes, false, key, options),
  },
  credit_note: {
    list: (sdk, tenant, id) => sdk.getCreditNoteAttachments(tenant, id),
    put: (sdk, tenant, id, { fileName, bytes }, key, options) =>
      sdk.createCreditNoteAttachmentByFileName(tenant, id, fileName, bytes, false, key, options),
  },
  journal: {
    list: (sdk, tenant, id) => sdk.getManualJournalAttachments(tenant, id),
    put: (sdk, tenant, id, { fileName, bytes }, key, options) =>
      sdk.createManualJournalAttachmentByFileName(tenant, id, fileName, bytes, key, options),
  },
};

/** Files of what is booked, once each by their name. */
export class XeroVouchers {
  constructor(private readonly api: XeroApi) {}

  async attach(
    connection: BooksConnection,
    { kind, booksId }: { readonly kind: BooksRecordKind; readonly booksId: BooksId },
    voucher: BooksVoucher,
  ): Promise<BookedOrNot> {
    const place = places[kind];
    if (!place) return { outcome: 'rejected', reason: `Xero keeps no file of a ${kind}` };
    try {
      const there = await this.api.call(connection, {
        operation: 'list vouchers',
        send: async (sdk, tenant) => (await place.list(sdk, tenant, booksId)).body.attachments,
      });
      const before = there.find(({ fileName }) => fileName === voucher.fileName)?.attachmentID;
      const id = before ?? (await this.put(connection, place, booksId, voucher));
      return { outcome: 'booked', booksId: id, number: null };
    } catch (error) {
      return afterFailure(error);
    }
  }

  private put(connection: BooksConnection, place: Place, booksId: BooksId, voucher: BooksVoucher): Promise<string> {
    const options = { headers: { 'content-type': voucher.mediaType } };
    return this.api.call(connection, {
      operation: 'attach voucher',
      send: async (sdk, tenant) =>
        (await place.put(sdk, tenant, booksId, voucher, `voucher-${booksId}`, options)).body.attachments?.[0]
          ?.attachmentID,
    });
  }
}
