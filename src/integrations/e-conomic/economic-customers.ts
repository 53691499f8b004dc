import type { Booked, BookedOrNot, BooksConnection, BooksCustomer } from '../../modules/accounting/index.js';
import { KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import { afterFailure, type EconomicApi } from './economic-api.js';

type Fields = Readonly<Record<string, unknown>>;

/** Customers, by our number, which is theirs. */
export class EconomicCustomers {
  constructor(private readonly api: EconomicApi) {}

  async put(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    try {
      const number = customer.booksId ?? customer.number;
      if (!isNumber(number)) return { outcome: 'rejected', reason: 'a customer’s number must be one of 1–999999999' };
      const before = await this.read(connection, number);
      // The school may have had its own customers before us: theirs are not written over.
      if (before && customer.booksId === null && !isSame(before, customer)) return taken;
      const asked = { ...(before ?? (await this.founded(connection))), ...fieldsOf(customer) };
      const body = { ...asked, customerNumber: Number(number) };
      const call = before
        ? ({ operation: 'update customer', method: 'PUT', path: `/customers/${number}`, repeatable: true } as const)
        : ({ operation: 'create customer', method: 'POST', path: '/customers', repeatable: true } as const);
      await this.api.call(connection, { ...call, body });
      return booked(number);
    } catch (error) {
      return this.refused(connection, customer, error);
    }
  }

  async find(connection: BooksConnection, number: string): Promise<Booked | null> {
    return isNumber(number) && (await this.read(connection, number)) ? booked(number) : null;
  }

  /** Somebody else, or ourselves with an answer that was lost, may have made it meanwhile. */
  private async refused(connection: BooksConnection, customer: BooksCustomer, error: unknown): Promise<BookedOrNot> {
    const answer = afterFailure(error);
    if (answer.outcome !== 'rejected') return answer;
    const { number, name, email } = customer;
    const there = customer.booksId === null && (await this.read(connection, number).catch(() => null));
    if (there && isSame(there, customer)) return booked(number);
    return { ...answer, reason: answer.reason.replaceAll(name, '…').replaceAll(email ?? name, '…') };
  }

  private async read(connection: BooksConnection, number: string): Promise<Fields | null> {
    try {
      const customer = await this.api.read<Fields>(connection, 'fetch customer', `/customers/${number}`);
      return Object.fromEntries(kept.flatMap((name) => (name in customer ? [[name, customer[name]]] : [])));
    } catch (error) {
      if (error instanceof KeyedApiRefusal && error.status === 404) return null;
      throw error;
    }
  }

  /** What e-conomic wants to know of every customer: the first of each list will do. */
  private async founded(connection: BooksConnection): Promise<Fields> {
    const first = async (path: string, name: string, suits: (row: Fields) => boolean = () => true) => {
      const rows = await this.api.all<Fields>(connection, `list ${path}`, `/${path}`);
      const row = rows.find(suits) ?? rows[0];
      if (!row) throw new Error(`e-conomic has no ${path}`);
      return { [name]: row[name] };
    };
    return {
      currency: 'DKK',
      customerGroup: await first('customer-groups', 'customerGroupNumber'),
      paymentTerms: await first('payment-terms', 'paymentTermsNumber'),
      vatZone: await first('vat-zones', 'vatZoneNumber', ({ vatZoneNumber }) => vatZoneNumber === 1),
    };
  }
}

const kept = ['currency', 'customerGroup', 'paymentTerms', 'vatZone', 'layout', 'name', 'barred'];

function fieldsOf({ name, email, phone, address, companyNumber }: BooksCustomer): Fields {
  return {
    name: name.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 255),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { mobilePhone: phone }),
    ...(companyNumber === null ? {} : { corporateIdentificationNumber: companyNumber }),
    ...(address && { address: address.lines.join('\n').slice(0, 510), zip: address.postalCode, city: address.city }),
  };
}

const taken = { outcome: 'rejected', reason: 'the number is taken by another customer' } as const;
const isSame = (there: Fields, customer: BooksCustomer): boolean =>
  String(there['name']).trim() === String(fieldsOf(customer)['name']).trim();
const isNumber = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);
const booked = (number: string): Booked => ({ outcome: 'booked', booksId: number, number });
