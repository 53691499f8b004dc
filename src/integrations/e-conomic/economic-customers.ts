import { createHash } from 'node:crypto';
import type { Booked, BookedOrNot, BooksConnection, BooksCustomer } from '../../modules/accounting/index.js';
import { KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import { afterFailure, type EconomicApi, UnexpectedAnswer } from './economic-api.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Customers, numbered by e-conomic: the numbers are the whole agreement's, and the school's own customers have theirs. Ours are
 * known by our number in the entry number, which can be asked for.
 */
export class EconomicCustomers {
  constructor(private readonly api: EconomicApi) {}

  async put(connection: BooksConnection, customer: BooksCustomer): Promise<BookedOrNot> {
    try {
      const before = await this.before(connection, customer);
      return before ? await this.update(connection, before, customer) : await this.create(connection, customer);
    } catch (error) {
      const answer = afterFailure(error);
      if (answer.outcome !== 'rejected') return answer;
      const { name, email } = customer;
      return { ...answer, reason: answer.reason.replaceAll(name, '…').replaceAll(email ?? name, '…') };
    }
  }

  async find(connection: BooksConnection, number: string): Promise<Booked | null> {
    const found = await this.marked(connection, number);
    return found && booked(found);
  }

  private async before(connection: BooksConnection, { booksId, number }: BooksCustomer): Promise<Fields | null> {
    return (booksId && (await this.read(connection, booksId))) || this.marked(connection, number);
  }

  private async create(connection: BooksConnection, customer: BooksCustomer): Promise<Booked> {
    const body = { ...(await this.founded(connection)), ...fieldsOf(customer) };
    const key = createHash('sha256')
      .update(JSON.stringify([customer.id, body]))
      .digest('hex');
    const call = { operation: 'create customer', method: 'POST', path: '/customers', body, key } as const;
    return booked(await this.api.call<Fields>(connection, { ...call, repeatable: true }));
  }

  /** What the school has said of him there stays: a PUT says everything anew. */
  private async update(connection: BooksConnection, before: Fields, customer: BooksCustomer): Promise<Booked> {
    const there = booked(before);
    const theirs = Object.fromEntries(kept.flatMap((name) => (name in before ? [[name, before[name]]] : [])));
    const body = { ...fieldsOf(customer), ...theirs, customerNumber: Number(there.booksId) };
    const path = `/customers/${there.booksId}`;
    await this.api.call(connection, { operation: 'update customer', method: 'PUT', path, body, repeatable: true });
    return there;
  }

  private async marked(connection: BooksConnection, number: string): Promise<Fields | null> {
    const mark = markOf(number);
    const filter = `publicEntryNumber$eq:${mark}`;
    const found = await this.api.all<Fields>(connection, 'find customer', '/customers', filter);
    return found.find(({ publicEntryNumber }) => publicEntryNumber === mark) ?? null;
  }

  private async read(connection: BooksConnection, booksId: string): Promise<Fields | null> {
    try {
      return await this.api.read<Fields>(connection, 'fetch customer', `/customers/${booksId}`);
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

/** Whatever can be said of a customer and is not ours to say. */
const kept = (
  'attention barred country creditLimit currency customerContact customerGroup defaultDeliveryLocation ean layout pNumber ' +
  'paymentTerms publicEntryNumber salesPerson telephoneAndFaxNumber vatNumber vatZone website'
).split(' ');

function fieldsOf({ number, name, email, phone, address, companyNumber }: BooksCustomer): Fields {
  return {
    publicEntryNumber: markOf(number),
    name: name.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 255),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { mobilePhone: phone }),
    ...(companyNumber === null ? {} : { corporateIdentificationNumber: companyNumber }),
    ...(address && { address: address.lines.join('\n').slice(0, 510), zip: address.postalCode, city: address.city }),
  };
}

/** How people who look him up there see our number. */
const markOf = (number: string): string => `JD ${number}`;

/** @throws UnexpectedAnswer when it does not say which customer it is */
function booked({ customerNumber }: Fields): Booked {
  if (typeof customerNumber !== 'number') throw new UnexpectedAnswer('e-conomic numbered no customer');
  const number = String(customerNumber);
  return { outcome: 'booked', booksId: number, number };
}
