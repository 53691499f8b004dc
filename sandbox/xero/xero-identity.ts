import { randomUUID } from 'node:crypto';
import { answered } from '../http/refusal.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import type { OAuthServer } from '../oauth/oauth-server.js';
import { xeroFailure } from './xero-problem.js';

/** Who is let into which company: Xero's list of connections, and its OAuth, which is described in words alone. */
export class XeroIdentity implements Vendor {
  readonly system = 'xero';
  readonly operations: readonly Operation[];

  constructor(
    private readonly oauth: OAuthServer,
    organisations: ReadonlyMap<string, { readonly name: string }>,
  ) {
    const connections = ({ headers }: VendorRequest) =>
      (oauth.companiesOf(headers.authorization) ?? []).map((tenantId) => ({
        id: randomUUID(),
        tenantId,
        tenantType: 'ORGANISATION',
        tenantName: organisations.get(tenantId)?.name ?? '',
        createdDateUtc: new Date().toISOString(),
        updatedDateUtc: new Date().toISOString(),
      }));
    const login = [
      served('token', 'POST', '/connect/token', ({ body, headers }) => oauth.token(body, headers.authorization)),
      served('revoke', 'POST', '/connect/revocation', ({ body, headers }) => oauth.revoke(body, headers.authorization)),
    ];
    this.operations = [
      served('connections.list', 'GET', '/Connections', connections),
      ...login.map((operation) => ({ ...operation, undescribed: true }) as const),
    ];
  }

  refuseStranger({ path, headers }: VendorRequest): VendorAnswer | undefined {
    const isLogin = path.startsWith('/connect/');
    return isLogin || this.oauth.companiesOf(headers.authorization) ? undefined : xeroFailure(401, 'Unauthorized');
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return xeroFailure(status, message);
  }
}
