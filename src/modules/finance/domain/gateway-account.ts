import { defineEntity } from '@mikro-orm/core';
import { id, schoolScoped, text } from '../../../platform/database/columns.js';

export const GatewayAccountSchema = defineEntity({
  name: 'GatewayAccount',
  tableName: 'gateway_accounts',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    /** Of new payments. */
    provider: text(40),
    /** The school's own account there; null for the platform's. */
    accountRef: text(255).collation('ascii_bin').nullable(),
  },
  uniques: [{ name: 'gateway_accounts_ref', properties: ['provider', 'accountRef'] }],
});

/** Through which gateway one school is paid, where it is another than the platform's usual. */
export class GatewayAccount extends GatewayAccountSchema.class {}
GatewayAccountSchema.setClass(GatewayAccount);
