import { Refusal } from '../http/refusal.js';
import { textOf } from '../http/text-of.js';

export type Fields = Readonly<Record<string, unknown>>;
export type Row = Record<string, unknown> & { Id: string };
export const ENTITIES = [
  'Account',
  'Attachable',
  'CreditMemo',
  'Customer',
  'Invoice',
  'Item',
  'JournalEntry',
  'Payment',
  'TaxCode',
  'TaxRate',
] as const;
export type Entity = (typeof ENTITIES)[number];

/** Thrown to refuse as QuickBooks refuses. */
export class QuickbooksFault extends Refusal {
  constructor(status: number, Message: string, Detail = Message) {
    super(status, { Fault: { Error: [{ Message, Detail, code: String(status) }], type: 'ValidationFault' } });
  }
}

interface Line {
  readonly Amount: number;
  readonly LinkedTxn?: readonly { readonly TxnId: string; readonly TxnType: string }[];
  readonly SalesItemLineDetail?: { readonly ItemRef?: { value: string }; readonly TaxCodeRef?: { value: string } };
  readonly JournalEntryLineDetail?: {
    readonly PostingType: string;
    readonly AccountRef?: { value: string };
    readonly Entity?: { readonly EntityRef: { value: string } };
  };
}

const oere = (amount: unknown): number => Math.round(Number(amount) * 100);
const valueOf = (reference: unknown): string => textOf((reference as { value?: string } | undefined)?.value);

/** A Danish company's books at QuickBooks Online. */
export class QuickbooksCompany {
  readonly rows = Object.fromEntries(ENTITIES.map((each) => [each, [] as Row[]])) as Record<Entity, Row[]>;
  private last = 0;

  constructor(
    readonly id: string,
    readonly name: string,
  ) {
    const account = (Id: string, Name: string, AccountType: string, Classification: string) =>
      this.rows.Account.push({ Id, Name, AccountType, Classification, Active: true });
    account('71', 'Salg af undervisning', 'Income', 'Revenue');
    account('35', 'Bank', 'Bank', 'Asset');
    account('84', 'Debitorer', 'Accounts Receivable', 'Asset');
    account('90', 'Mellemregning', 'Other Current Asset', 'Asset');
    account('95', 'Moms', 'Other Current Liability', 'Liability');
    for (const [Id, Name, RateValue] of [
      ['5', 'Salgsmoms 25 %', 25],
      ['6', 'Momsfrit', 0],
    ] as const) {
      this.rows.TaxRate.push({ Id, Name, RateValue });
      const SalesTaxRateList = { TaxRateDetail: [{ TaxRateRef: { value: Id } }] };
      this.rows.TaxCode.push({ Id, Name, Active: true, SalesTaxRateList });
    }
  }

  save(entity: Entity, wanted: Fields): Row {
    if (entity === 'Customer') return this.customer(wanted);
    if (entity === 'Item') return this.item(wanted);
    if (entity === 'Invoice' || entity === 'CreditMemo') return this.document(entity, wanted);
    if (entity === 'Payment') return this.payment(wanted);
    if (entity === 'JournalEntry') return this.journal(wanted);
    throw new QuickbooksFault(400, `The sandbox makes no ${entity}`);
  }

  attach(metadata: Fields, bytes: number): Row {
    const [first] = (metadata['AttachableRef'] ?? []) as { EntityRef: { type: string; value: string } }[];
    this.row(first?.EntityRef.type as Entity, first?.EntityRef.value ?? '');
    return this.add('Attachable', { ...metadata, Size: bytes });
  }

  /** Select * from one kind, with conditions joined by and. */
  query(text: string): { entity: Entity; rows: Row[] } {
    const match = /^select \* from (\w+)(?: where (.+?))? STARTPOSITION (\d+) MAXRESULTS (\d+)$/s.exec(text);
    const entity = match?.[1] as Entity | undefined;
    if (!match || !entity || !ENTITIES.includes(entity)) throw new QuickbooksFault(400, 'QueryParserError', text);
    const [, , where = '', start, most] = match;
    const tests = where ? where.split(' and ').map(testOf) : [];
    const found = this.rows[entity].filter((row) => tests.every((test) => test(row)));
    return { entity, rows: found.slice(Number(start) - 1, Number(start) - 1 + Number(most)) };
  }

  private customer(wanted: Fields): Row {
    const [name, email] = [
      textOf(wanted['DisplayName']),
      (wanted['PrimaryEmailAddr'] as { Address?: string })?.Address,
    ];
    if (!name || name.length > 500 || /[:\t\n]/.test(name)) throw new QuickbooksFault(400, 'Invalid name', name);
    if (email && !/^\S+@\S+\.\S+$/.test(email))
      throw new QuickbooksFault(400, 'Invalid Email Address', `${email} of ${name}`);
    const isTaken = this.rows.Customer.some((each) => each['DisplayName'] === name && each.Id !== wanted['Id']);
    if (isTaken) throw new QuickbooksFault(400, 'Duplicate Name Exists Error', `The name ${name} is taken`);
    if (!wanted['Id']) return this.add('Customer', { ...wanted, SyncToken: '0' });
    const before = this.row('Customer', textOf(wanted['Id']));
    if (before['SyncToken'] !== wanted['SyncToken']) throw new QuickbooksFault(400, 'Stale Object Error');
    return Object.assign(before, wanted, { SyncToken: String(Number(before['SyncToken']) + 1) });
  }

  private item(wanted: Fields): Row {
    const account = this.rows.Account.find(({ Id }) => Id === valueOf(wanted['IncomeAccountRef']));
    if (account?.['AccountType'] !== 'Income')
      throw new QuickbooksFault(400, 'Invalid Reference Id', 'No income account of that id');
    if (this.rows.Item.some((each) => each['Name'] === wanted['Name']))
      throw new QuickbooksFault(400, 'Duplicate Name Exists Error');
    return this.add('Item', wanted);
  }

  private document(entity: 'Invoice' | 'CreditMemo', wanted: Fields): Row {
    this.row('Customer', valueOf(wanted['CustomerRef']));
    if (textOf(wanted['DocNumber']).length > 21) throw new QuickbooksFault(400, 'DocNumber is too long');
    const lines = (wanted['Line'] ?? []) as Line[];
    if (lines.length === 0) throw new QuickbooksFault(400, 'Required param missing', 'Line');
    for (const { SalesItemLineDetail: detail } of lines) {
      this.row('Item', valueOf(detail?.ItemRef));
      this.row('TaxCode', valueOf(detail?.TaxCodeRef));
    }
    const tax = oere((wanted['TxnTaxDetail'] as { TotalTax?: number } | undefined)?.TotalTax ?? 0);
    const total = lines.reduce((sum, { Amount }) => sum + oere(Amount), tax) / 100;
    if (total < 0) throw new QuickbooksFault(400, 'Transaction amount must be 0 or greater');
    const rest = entity === 'Invoice' ? { Balance: total } : { Balance: total, RemainingCredit: total };
    return this.add(entity, { ...wanted, TotalAmt: total, ...rest });
  }

  private payment(wanted: Fields): Row {
    this.row('Customer', valueOf(wanted['CustomerRef']));
    const lines = (wanted['Line'] ?? []) as Line[];
    const linked = lines.map(({ Amount, LinkedTxn }) => {
      const [link] = LinkedTxn ?? [];
      const row = this.row(link?.TxnType as Entity, link?.TxnId ?? '');
      if (oere(Amount) > oere(row['Balance'])) {
        throw new QuickbooksFault(400, 'Business Validation Error', 'The amount is more than the open balance');
      }
      return { row, amount: oere(Amount), isCredit: link?.TxnType === 'CreditMemo' };
    });
    const used = linked.reduce((sum, { amount, isCredit }) => sum + (isCredit ? -amount : amount), 0);
    const rest = oere(wanted['TotalAmt']) - used;
    if (rest < 0) throw new QuickbooksFault(400, 'Business Validation Error', 'The lines are more than the payment');
    const bank = this.rows.Account.find(({ Id }) => Id === valueOf(wanted['DepositToAccountRef']));
    if (oere(wanted['TotalAmt']) > 0 && bank?.['AccountType'] !== 'Bank')
      throw new QuickbooksFault(400, 'Invalid Reference Id');
    for (const { row, amount } of linked) {
      row['Balance'] = (oere(row['Balance']) - amount) / 100;
      if ('RemainingCredit' in row) row['RemainingCredit'] = row['Balance'];
    }
    return this.add('Payment', { ...wanted, UnappliedAmt: rest / 100 });
  }

  private journal(wanted: Fields): Row {
    const lines = (wanted['Line'] ?? []) as Line[];
    const sums = { Debit: 0, Credit: 0 };
    for (const { Amount, JournalEntryLineDetail: detail } of lines) {
      const account = this.row('Account', valueOf(detail?.AccountRef));
      if (account['AccountType'] === 'Accounts Receivable') this.row('Customer', valueOf(detail?.Entity?.EntityRef));
      sums[detail?.PostingType as 'Debit' | 'Credit'] += oere(Amount);
    }
    if (lines.length < 2 || sums.Debit !== sums.Credit) throw new QuickbooksFault(400, 'Debits and credits differ');
    return this.add('JournalEntry', { ...wanted, TotalAmt: sums.Debit / 100 });
  }

  private row(entity: Entity, id: string): Row {
    const found = (this.rows[entity] ?? []).find(({ Id }) => Id === id);
    if (!found) throw new QuickbooksFault(400, 'Invalid Reference Id', `There is no ${entity} ${id}`);
    return found;
  }

  private add(entity: Entity, wanted: Fields): Row {
    this.last += 1;
    const row = { ...wanted, Id: String(this.last) };
    this.rows[entity].push(row);
    return row;
  }
}

function testOf(condition: string): (row: Row) => boolean {
  const match = /^([\w.]+) (=|>=|<=|like) (?:'(.*)'|(true|false))$/s.exec(condition.trim());
  if (!match) throw new QuickbooksFault(400, 'QueryParserError', condition);
  const [, field = '', operator, text, flag] = match;
  const wanted = text ?? flag ?? '';
  const read = (row: Row): string => {
    if (!field.startsWith('AttachableRef.')) return textOf(row[field]);
    const [first] = row['AttachableRef'] as { EntityRef: { type: string; value: string } }[];
    return field.endsWith('Type') ? (first?.EntityRef.type ?? '') : (first?.EntityRef.value ?? '');
  };
  return (row) => {
    const value = read(row);
    if (operator === 'like') return value.endsWith(wanted.replace(/^%/, ''));
    if (operator === '=') return value === wanted;
    return operator === '>=' ? value >= wanted : value <= wanted;
  };
}
