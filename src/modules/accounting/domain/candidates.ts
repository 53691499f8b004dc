import { type TransferSource, voucherText } from '../../finance/index.js';
import { addDays, addMonths, type LocalDate } from '../../../platform/values/zone.js';
import type { Id } from '../../../platform/values/id.js';
import type { BooksRecordKind } from '../ports/accounting-client.js';
import type { JournalPeriod, SyncMode } from './connection.js';

/** A transfer of the ledger, as far as it says what is to be sent. */
export interface ScannedTransfer {
  readonly id: Id;
  readonly source: TransferSource;
  readonly sourceId: Id;
  readonly occurredOn: LocalDate;
  readonly minor: number;
  readonly currency: string;
  /** Whose account of what he owes it touches. */
  readonly debitStudentId: Id | null;
  readonly creditStudentId: Id | null;
  /** Of the invoice or credit note that it is of. */
  readonly number: number | null;
  readonly grossMinor: number | null;
  readonly invoiceStudentId: Id | null;
}

/** Something that wants a record. */
export interface Candidate {
  readonly kind: Exclude<BooksRecordKind, 'customer'>;
  readonly reference: string;
  readonly source: TransferSource | null;
  readonly subjectId: Id | null;
  readonly studentId: Id | null;
  readonly occurredOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly minor: number;
  readonly currency: string;
}

export const isDocument = (source: TransferSource): source is 'invoice' | 'credit_note' =>
  source === 'invoice' || source === 'credit_note';

/** What neither is a document nor moves what a student owes. */
export const isRest = ({ source, debitStudentId, creditStudentId }: ScannedTransfer): boolean =>
  !isDocument(source) && !debitStudentId && !creditStudentId;

/**
 * What some transfers want sent, each once. By document: invoices and credit notes, whatever else changes what a student owes as
 * a payment or a refund, and the rest in the journal of its period; otherwise all in journals.
 */
export function candidatesOf(
  transfers: readonly ScannedTransfer[],
  how: { readonly mode: SyncMode; readonly period: JournalPeriod; readonly journals: boolean },
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const transfer of transfers) {
    const inJournal = how.mode === 'journals' || isRest(transfer);
    if (inJournal && !how.journals) continue;
    const candidate = inJournal ? journalOf(transfer, how.period) : documentOf(transfer);
    if (candidate) found.set(`${candidate.kind} ${candidate.reference}`, candidate);
  }
  return [...found.values()];
}

function documentOf(transfer: ScannedTransfer): Candidate | null {
  const { source, sourceId: subjectId, occurredOn, currency, number, grossMinor } = transfer;
  const common = { source, subjectId, occurredOn, untilOn: occurredOn, currency };
  if (isDocument(source)) {
    if (number === null || grossMinor === null) return null;
    const studentId = transfer.invoiceStudentId;
    return { ...common, kind: source, reference: String(number), studentId, minor: Math.abs(grossMinor) };
  }
  // From one student's account to another's: nothing came and nothing went.
  if (transfer.debitStudentId && transfer.creditStudentId) return null;
  const kind = transfer.creditStudentId ? 'payment' : 'refund';
  const studentId = transfer.creditStudentId ?? transfer.debitStudentId;
  const reference = voucherText(source, subjectId, null).voucher;
  return { ...common, kind, reference, studentId, minor: transfer.minor };
}

function journalOf({ occurredOn, currency }: ScannedTransfer, period: JournalPeriod): Candidate {
  const [from, to] = periodOf(occurredOn, period);
  const common = { source: null, subjectId: null, studentId: null, minor: 0, currency };
  return { ...common, kind: 'journal', reference: `${from}_${to}`, occurredOn: from, untilOn: to };
}

/** The first and the last day of the period that a day is in. */
export function periodOf(day: LocalDate, period: JournalPeriod): [LocalDate, LocalDate] {
  if (period === 'day') return [day, day];
  const first = `${day.slice(0, 8)}01`;
  return [first, addDays(addMonths(first, 1), -1)];
}
