import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { code, instant, text } from '../../../platform/database/columns.js';
import type { Channel } from './message-kinds.js';

export const obstacleCauses = ['hard_bounce', 'complaint', 'stop'] as const;
export type ObstacleCause = (typeof obstacleCauses)[number];

/**
 * What is known against writing to an address. It belongs to no school: a mailbox that is gone is gone for all of them. It stands while
 * the last news is younger than its lifting, so that neither repeats nor the order of news matter.
 */
export const UndeliverableAddressSchema = defineEntity({
  name: 'UndeliverableAddress',
  tableName: 'undeliverable_addresses',
  properties: {
    channel: code<Channel>().primary(),
    /** As sameAddress() writes it. */
    address: text(254).collation('ascii_bin').primary(),
    cause: code<ObstacleCause>().primary(),
    reason: text(500).nullable(),
    toldAt: instant().nullable(),
    liftedAt: instant().nullable(),
  },
});

export class UndeliverableAddress extends UndeliverableAddressSchema.class {
  declare [PrimaryKeyProp]?: ['channel', 'address', 'cause'];
}
UndeliverableAddressSchema.setClass(UndeliverableAddress);
