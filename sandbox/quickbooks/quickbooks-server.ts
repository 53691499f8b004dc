import { BoundedMap } from '../http/bounded-map.js';
import { answered } from '../http/refusal.js';
import { textOf } from '../http/text-of.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { OAuthServer } from '../oauth/oauth-server.js';
import { ENTITIES, QuickbooksCompany, QuickbooksFault } from './quickbooks-company.js';

const BASE = '/quickbooks';
const COMPANY = `${BASE}/v3/company/:realm`;
const MADE = ['Customer', 'Item', 'Invoice', 'CreditMemo', 'Payment', 'JournalEntry'] as const;

/** QuickBooks Online's API and OAuth, as the application sees them. */
export class QuickbooksServer implements Vendor {
  readonly system = 'quickbooks';
  readonly companies = new Map<string, QuickbooksCompany>();
  readonly oauth: OAuthServer;
  readonly operations: readonly Operation[];
  private readonly answers = new BoundedMap<string, VendorAnswer>();
  private realms = 9_130_000;

  constructor(login: { clientId: string; clientSecret: string }) {
    const alsoTold = ([realmId = '']: readonly string[]) => ({ realmId });
    this.oauth = new OAuthServer({ ...login, accessSeconds: 3_600, alsoTold });
    this.operations = [...this.identity(), ...this.books()];
    this.open('Nordhavn Køreskole ApS');
  }

  /** A company starts keeping its books here. */
  open(name: string): QuickbooksCompany {
    this.realms += 1;
    const company = new QuickbooksCompany(String(this.realms), name);
    this.companies.set(company.id, company);
    return company;
  }

  refuseStranger({ path, params, headers, query }: VendorRequest): VendorAnswer | undefined {
    if (!path.startsWith(`${BASE}/v3/`)) return undefined;
    const entered = this.oauth.companiesOf(headers.authorization);
    if (!entered) return this.failure(401, 'AuthenticationFailed');
    if (!entered.includes(params['realm'] ?? '')) return this.failure(403, 'AuthorizationFailed');
    return query['minorversion'] === '75' ? undefined : this.failure(400, 'The minor version is not the one agreed on');
  }

  /** The same request id gives the same answer. */
  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const id = textOf(request.query['requestid']);
    const place = `${request.params['realm'] ?? ''} ${id}`;
    const before = id ? this.answers.get(place) : undefined;
    if (before) return before;
    const answer = await answered(() => operation.handle(request));
    if (id && answer.status < 400) this.answers.set(place, answer);
    return answer;
  }

  failure(status: number, message: string): VendorAnswer {
    const answer = new QuickbooksFault(status, message).toAnswer();
    return status === 429 ? { ...answer, headers: { 'retry-after': '3' } } : answer;
  }

  clear(): void {
    this.answers.clear();
    this.oauth.clear();
    this.companies.clear();
    this.open('Nordhavn Køreskole ApS');
  }

  private identity(): Operation[] {
    const { oauth } = this;
    const login = [
      served('token', 'POST', `${BASE}/oauth2/v1/tokens/bearer`, ({ body, headers }) =>
        oauth.token(body, headers.authorization),
      ),
      served('revoke', 'POST', `${BASE}/v2/oauth2/tokens/revoke`, ({ body, headers }) =>
        oauth.revoke(body, headers.authorization),
      ),
    ];
    return login.map((operation) => ({ ...operation, undescribed: true }));
  }

  private books(): Operation[] {
    const of = ({ params }: VendorRequest) => this.companies.get(params['realm'] ?? '')!;
    return [
      served('companyinfo.get', 'GET', `${COMPANY}/companyinfo/:id`, (request) => ({
        CompanyInfo: { Id: of(request).id, CompanyName: of(request).name, Country: 'DK' },
      })),
      served('preferences.get', 'GET', `${COMPANY}/preferences`, () => ({
        Preferences: { CurrencyPrefs: { HomeCurrency: { value: 'DKK' } } },
      })),
      served('query', 'GET', `${COMPANY}/query`, (request) => {
        const { entity, rows } = of(request).query(textOf(request.query['query']));
        return { QueryResponse: rows.length > 0 ? { [entity]: rows } : {} };
      }),
      ...ENTITIES.filter((each) => (MADE as readonly string[]).includes(each)).map((entity) =>
        served(`${entity.toLowerCase()}.create`, 'POST', `${COMPANY}/${entity.toLowerCase()}`, (request) => ({
          [entity]: of(request).save(entity, request.body),
        })),
      ),
      served('upload', 'POST', `${COMPANY}/upload`, (request) => {
        const bytesOf = (name: string) =>
          Buffer.from(/base64,(.*)$/s.exec(textOf(request.body[name]))?.[1] ?? '', 'base64');
        const metadata = JSON.parse(bytesOf('file_metadata_0').toString()) as Record<string, unknown>;
        return { AttachableResponse: [{ Attachable: of(request).attach(metadata, bytesOf('file_content_0').length) }] };
      }),
    ];
  }
}
