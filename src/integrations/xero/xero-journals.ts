import { LineAmountTypes, ManualJournal, type ManualJournalLine } from 'xero-node/dist/gen/model/accounting/models.js';
import type { Booked, BookedOrNot, BooksConnection, BooksJournal } from '../../modules/accounting/index.js';
import type { XeroApi } from './xero-api.js';
import { afterFailure, keyOf, quoted } from './xero-words.js';

const narrationOf = (reference: string): string => `Just Driving ${reference}`;

/** Manual journals. Their narration is our reference; VAT is among the entries, so Xero shall reckon none. */
export class XeroJournals {
  constructor(private readonly api: XeroApi) {}

  async post(connection: BooksConnection, journal: BooksJournal): Promise<BookedOrNot> {
    try {
      const before = await this.find(connection, journal.reference);
      if (before) return before;
      const lines = await linesOf(journal);
      if (lines.length === 0) return { outcome: 'rejected', reason: 'nothing to book' };
      return await this.create(connection, journal, lines);
    } catch (error) {
      return afterFailure(error);
    }
  }

  async find(connection: BooksConnection, reference: string): Promise<Booked | null> {
    const filter = `Narration==${quoted(narrationOf(reference))} AND Status=="POSTED"`;
    const [found] = await this.api.call(connection, {
      operation: 'find journal',
      send: async (sdk, tenant) => (await sdk.getManualJournals(tenant, undefined, filter)).body.manualJournals,
    });
    return found?.manualJournalID ? booked(found.manualJournalID) : null;
  }

  private create(
    connection: BooksConnection,
    journal: BooksJournal,
    journalLines: ManualJournalLine[],
  ): Promise<Booked> {
    const made: ManualJournal = {
      narration: narrationOf(journal.reference),
      date: journal.to,
      lineAmountTypes: LineAmountTypes.NoTax,
      status: ManualJournal.StatusEnum.POSTED,
      journalLines,
    };
    return this.api.call(connection, {
      operation: 'create journal',
      send: async (sdk, tenant) => {
        const key = keyOf('journal', connection.id, made);
        const { body } = await sdk.createManualJournals(tenant, { manualJournals: [made] }, true, key);
        const id = body.manualJournals?.[0]?.manualJournalID;
        return id ? booked(id) : undefined;
      },
    });
  }
}

async function linesOf({ entries }: BooksJournal): Promise<ManualJournalLine[]> {
  const lines: ManualJournalLine[] = [];
  for await (const page of entries) {
    for (const { account: accountCode, text: description, debit, credit } of page) {
      const lineAmount = ((debit?.amount ?? 0) - (credit?.amount ?? 0)) / 100;
      lines.push({ accountCode, description, lineAmount });
    }
  }
  return lines;
}

const booked = (booksId: string): Booked => ({ outcome: 'booked', booksId, number: null });
