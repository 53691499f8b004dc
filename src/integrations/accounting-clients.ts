import { Injectable } from '@nestjs/common';
import {
  type AccountingClient,
  AccountingClients,
  type BooksConsent,
  type BooksFiles,
} from '../modules/accounting/index.js';
import type { ProviderCalls } from '../platform/ports/provider-calls.js';
import type { ProviderPaces } from '../platform/ports/provider-paces.js';
import { CsvAccountingClient } from './csv-accounting/csv-accounting-client.js';
import { CsvAccountingConfig } from './csv-accounting/csv-accounting.config.js';
import { CsvFolder } from './csv-accounting/csv-folder.js';
import { EconomicConfig } from './e-conomic/e-conomic.config.js';
import { EconomicAccountingClient } from './e-conomic/economic-accounting-client.js';
import { EconomicApi } from './e-conomic/economic-api.js';
import { QuickbooksAccountingClient } from './quickbooks/quickbooks-accounting-client.js';
import { QuickbooksApi } from './quickbooks/quickbooks-api.js';
import { QuickbooksConsent } from './quickbooks/quickbooks-consent.js';
import { QuickbooksConfig } from './quickbooks/quickbooks.config.js';
import { XeroConsent } from './xero/xero-consent.js';
import { XeroConfig } from './xero/xero.config.js';

export const accountingConfigs = [CsvAccountingConfig, XeroConfig, EconomicConfig, QuickbooksConfig];

@Injectable()
export class AccountingSettings {
  constructor(
    readonly csv: CsvAccountingConfig,
    readonly xero: XeroConfig,
    readonly economic: EconomicConfig,
    readonly quickbooks: QuickbooksConfig,
  ) {}
}

/** Files, and those whose credentials are set. */
export async function accountingClients(
  { csv, xero, economic, quickbooks }: AccountingSettings,
  files: BooksFiles,
  calls: ProviderCalls,
  paces: ProviderPaces,
): Promise<AccountingClients> {
  const clients: AccountingClient[] = [new CsvAccountingClient(files, new CsvFolder(csv, files))];
  const consents: BooksConsent[] = [];
  if (xero.clientId) {
    clients.push(await xeroClient(xero, calls, paces));
    consents.push(new XeroConsent(xero, calls));
  }
  if (economic.appSecretToken) clients.push(new EconomicAccountingClient(new EconomicApi(economic, calls, paces)));
  if (quickbooks.clientId) {
    clients.push(new QuickbooksAccountingClient(new QuickbooksApi(quickbooks, calls, paces)));
    consents.push(new QuickbooksConsent(quickbooks, calls));
  }
  return new AccountingClients(clients, consents);
}

/** Its SDK is large: who does not use it shall not wait for it at each start. */
async function xeroClient(config: XeroConfig, calls: ProviderCalls, paces: ProviderPaces): Promise<AccountingClient> {
  const [{ XeroAccountingClient }, { XeroApi }] = await Promise.all([
    import('./xero/xero-accounting-client.js'),
    import('./xero/xero-api.js'),
  ]);
  return new XeroAccountingClient(new XeroApi(config, calls, paces));
}
