import { textOf } from '../http/text-of.js';
import { randomUUID } from 'node:crypto';
import { XeroInvalid, XeroMissing } from './xero-problem.js';
import type {
  XeroAccount,
  XeroAttachment,
  XeroBankTransaction,
  XeroContact,
  XeroDocument,
  XeroManualJournal,
  XeroPayment,
  XeroTaxRate,
} from './xero-records.js';

function account(
  Code: string,
  Name: string,
  Type: string,
  Class: string,
  more: Partial<XeroAccount> = {},
): XeroAccount {
  return {
    Code,
    AccountID: randomUUID(),
    Name,
    Type,
    Class,
    Status: 'ACTIVE',
    EnablePaymentsToAccount: false,
    ...more,
  };
}

const taxRate = (TaxType: string, Name: string, rate: number): XeroTaxRate => ({
  TaxType,
  Name,
  Status: 'ACTIVE',
  EffectiveRate: rate,
  DisplayTaxRate: rate,
});

/** A Danish company's books at Xero. */
export class XeroOrganisation {
  readonly id = randomUUID();
  readonly accounts: XeroAccount[] = [
    account('200', 'Salg af undervisning', 'REVENUE', 'REVENUE'),
    account('260', 'Momsfrit salg', 'REVENUE', 'REVENUE'),
    account('404', 'Gebyrer', 'EXPENSE', 'EXPENSE'),
    account('610', 'Debitorer', 'CURRENT', 'ASSET', { SystemAccount: 'DEBTORS' }),
    account('655', 'Mellemregning', 'CURRENT', 'ASSET', { EnablePaymentsToAccount: true }),
    account('820', 'Moms', 'CURRLIAB', 'LIABILITY', { SystemAccount: 'GST' }),
    account('090', 'Bank', 'BANK', 'ASSET'),
    account('', 'Betalingskort', 'BANK', 'ASSET'),
  ];
  readonly taxRates: XeroTaxRate[] = [
    taxRate('OUTPUT2', 'Salgsmoms 25 %', 25),
    taxRate('INPUT2', 'Købsmoms 25 %', 25),
    taxRate('EXEMPTOUTPUT', 'Momsfrit salg', 0),
    taxRate('NONE', 'Uden moms', 0),
  ];
  readonly contacts = new Map<string, XeroContact>();
  readonly documents = new Map<string, XeroDocument>();
  readonly payments = new Map<string, XeroPayment>();
  readonly bankTransactions = new Map<string, XeroBankTransaction>();
  readonly journals = new Map<string, XeroManualJournal>();
  readonly attachments = new Map<string, XeroAttachment[]>();
  /** Nothing may be booked up to and with this day. */
  lockedUntil: string | null = null;

  constructor(readonly name: string) {}

  account(wanted: { Code?: unknown; AccountID?: unknown } | undefined): XeroAccount | undefined {
    const { Code, AccountID } = wanted ?? {};
    return this.accounts.find(
      (each) => each.Status === 'ACTIVE' && (AccountID ? each.AccountID === AccountID : Code && each.Code === Code),
    );
  }

  /** Not what Xero keeps itself, nor a bank's. */
  postable(code: unknown): XeroAccount {
    const found = this.account({ Code: code });
    if (!found || found.Type === 'BANK' || found.SystemAccount === 'DEBTORS') {
      throw new XeroInvalid(`Account code '${textOf(code)}' is not a valid code for this document.`);
    }
    return found;
  }

  /** Where money may lie. */
  payable(wanted: { Code?: unknown; AccountID?: unknown } | undefined): XeroAccount {
    const found = this.account(wanted);
    if (!found || (found.Type !== 'BANK' && !found.EnablePaymentsToAccount)) {
      throw new XeroInvalid('Account could not be found, or takes no payments');
    }
    return found;
  }

  contact(id: unknown): XeroContact {
    const found = this.contacts.get(textOf(id));
    if (!found) throw new XeroInvalid('The Contact could not be found');
    if (found.ContactStatus !== 'ACTIVE') throw new XeroInvalid('The Contact has been archived');
    return found;
  }

  document(kind: XeroDocument['kind'], id: unknown): XeroDocument {
    const found = this.documents.get(textOf(id));
    if (found?.kind !== kind) throw new XeroMissing();
    return found;
  }

  refuseLocked(date: string): void {
    if (this.lockedUntil && date <= this.lockedUntil) {
      throw new XeroInvalid(
        `The document date cannot be before the period lock date, currently set at ${this.lockedUntil}`,
      );
    }
  }
}

/** A calendar day, as every date has to be. */
export function dayOf(date: unknown, what: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(textOf(date))) throw new XeroInvalid(`${what} is not a valid date`);
  return textOf(date);
}
