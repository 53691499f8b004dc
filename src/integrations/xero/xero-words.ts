import { createHash } from 'node:crypto';
import {
  Account,
  Address,
  type Contact,
  type CreditNote,
  type CurrencyCode,
  Invoice,
  type LineItem,
  Phone,
} from 'xero-node/dist/gen/model/accounting/models.js';
import type {
  BookedOrNot,
  BooksAccount,
  BooksCustomer,
  BooksDocument,
  BooksLine,
  BooksStatus,
} from '../../modules/accounting/index.js';
import { BooksDisconnected } from '../../modules/accounting/index.js';
import { ProviderUnavailable } from '../../platform/ports/provider-errors.js';
import { Money } from '../../platform/values/money.js';
import type { LocalDate } from '../../platform/values/zone.js';
import { XeroRefusal } from './xero-api.js';

/** In front of every reference of ours, so that what we have put there is told from what people have typed in. */
const mark = 'JD ';

export const ourReference = (reference: string): string => mark + reference;
export const isOurs = `Reference.StartsWith("${mark}")`;

/** A text within a filter of Xero's. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '')}"`;

/** Both ends included. */
export function between(from: LocalDate, to: LocalDate): string {
  const day = (date: LocalDate) => `DateTime(${date.split('-').map(Number).join(',')})`;
  return `Date >= ${day(from)} AND Date <= ${day(to)}`;
}

/** Of a request and not of its subject alone: Xero refuses a key with other content, and a refusal may have been mended since. */
export function keyOf(what: string, id: string, content: object): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  return `${what}-${id}-${hash.slice(0, 22)}`;
}

/** Xero counts in kroner. */
export const inUnits = ({ amount }: Money): number => amount / 100;
export const moneyOf = (units: number | undefined, currency: string): Money =>
  Money.of(Math.round((units ?? 0) * 100), currency);

export const currencyOf = ({ currency }: Money): CurrencyCode => currency as unknown as CurrencyCode;

/** What an error says about a push. @throws what is about the connection and not about this push */
export function afterFailure(error: unknown): BookedOrNot {
  if (error instanceof BooksDisconnected || error instanceof ProviderUnavailable) throw error;
  const isFinal = error instanceof XeroRefusal && error.said !== null && [400, 404].includes(error.status);
  if (isFinal) return { outcome: 'rejected', reason: error.said };
  return { outcome: 'unknown', reason: error instanceof XeroRefusal ? `${error.status}` : (error as Error).message };
}

export function contactOf(customer: BooksCustomer, name = customer.name): Contact {
  const { number, email, phone, address, companyNumber } = customer;
  const [addressLine1, addressLine2] = address?.lines ?? [];
  return {
    contactNumber: ourReference(number),
    name: name.slice(0, 255),
    emailAddress: email ?? '',
    phones: [{ phoneType: Phone.PhoneTypeEnum.MOBILE, phoneNumber: phone ?? '' }],
    ...(companyNumber === null ? {} : { companyNumber }),
    ...(address && {
      addresses: [
        {
          addressType: Address.AddressTypeEnum.POBOX,
          ...(addressLine1 ? { addressLine1 } : {}),
          ...(addressLine2 ? { addressLine2 } : {}),
          postalCode: address.postalCode,
          city: address.city,
        },
      ],
    }),
  };
}

/** A price of four decimals that makes the line's amount again; where there is none, one piece of it all. */
export function lineOf({ text, quantity, net, vat, account: accountCode, taxCode: taxType }: BooksLine): LineItem {
  const lineAmount = inUnits(net);
  const unitAmount = Math.round((net.amount * 100) / quantity) / 10_000;
  const adds = Math.round(unitAmount * quantity * 100) === net.amount;
  const priced = adds ? { quantity, unitAmount } : { quantity: 1, unitAmount: lineAmount };
  const description = adds ? text : `${quantity} × ${text}`;
  return { description, ...priced, lineAmount, taxAmount: inUnits(vat), accountCode, taxType };
}

export function addsUp({ lines, total }: BooksDocument): boolean {
  return Money.sum(lines.flatMap(({ net, vat }) => [net, vat])).amount === total.amount;
}

const kinds = new Map<Account.ClassEnum | undefined, BooksAccount['kind']>([
  [Account.ClassEnum.REVENUE, 'revenue'],
  [Account.ClassEnum.EXPENSE, 'expense'],
  [Account.ClassEnum.ASSET, 'asset'],
  [Account.ClassEnum.LIABILITY, 'liability'],
  [Account.ClassEnum.EQUITY, 'equity'],
]);

/** A bank's account may have no code of its own. */
export function accountOf({ code, accountID = '', name = '', type, _class }: Account): BooksAccount {
  const isBank = String(type) === 'BANK';
  return { code: code || accountID, name, kind: isBank ? 'bank' : (kinds.get(_class) ?? 'asset') };
}

/** As people have mapped it: a code, or the id of an account that has none. */
export const accountAt = (account: string): Account =>
  /^[\da-f]{8}-/i.test(account) ? { accountID: account } : { code: account };

export function statusOf(
  { status, total, currencyCode }: Pick<Invoice | CreditNote, 'status' | 'total' | 'currencyCode'>,
  due: number | undefined,
): BooksStatus {
  const currency = String(currencyCode);
  const states: Readonly<Record<string, BooksStatus['state']>> = {
    [Invoice.StatusEnum.DRAFT]: 'draft',
    [Invoice.StatusEnum.SUBMITTED]: 'draft',
    [Invoice.StatusEnum.AUTHORISED]: 'open',
    [Invoice.StatusEnum.PAID]: 'paid',
    [Invoice.StatusEnum.VOIDED]: 'voided',
    [Invoice.StatusEnum.DELETED]: 'voided',
  };
  const state = states[String(status)] ?? 'missing';
  return { state, total: moneyOf(total, currency), due: moneyOf(due, currency) };
}
