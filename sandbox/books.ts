import { EconomicServer } from './e-conomic/economic-server.js';
import { QuickbooksServer } from './quickbooks/quickbooks-server.js';
import { type XeroServerOptions, XeroServer } from './xero/xero-server.js';

/** The word that stands for every client id and secret of these. */
const SECRET = 'sandbox';

/** Those who keep books. */
export interface Books {
  readonly xero: XeroServer;
  readonly economic: EconomicServer;
  readonly quickbooks: QuickbooksServer;
}

export interface BooksOptions {
  xero?: Partial<XeroServerOptions>;
}

export function newBooks({ xero }: BooksOptions = {}): Books {
  return {
    xero: new XeroServer({ clientId: SECRET, clientSecret: SECRET, ...xero }),
    economic: new EconomicServer(SECRET),
    quickbooks: new QuickbooksServer({ clientId: SECRET, clientSecret: SECRET }),
  };
}

export function clearBooks(books: Books): void {
  for (const each of [books.xero, books.economic, books.quickbooks]) each.clear();
}
