import { defineEntity } from '@mikro-orm/core';
import { id, instant, schoolScoped, sealed, text } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';

const day = 86_400_000;

/** How long a link opens its page. */
export const linkDays = 90;

/** One that is handed out again still works for that long at least: else a new one takes its place. */
const leastDays = 21;

export const PayLinkSchema = defineEntity({
  name: 'PayLink',
  tableName: 'pay_links',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    invoiceId: id(),
    /** The invoice while this is its link, so that the database allows one. */
    currentFor: id().nullable(),
    /** What the link's token is found by. */
    tokenHash: text(64).columnType('char(64)'),
    /** The token itself, for the next message, as long as the link is the current one. */
    token: sealed().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
  },
  uniques: [
    { name: 'pay_links_school_id', properties: ['schoolId', 'id'] },
    { name: 'pay_links_token_hash', properties: ['tokenHash'] },
    { name: 'pay_links_current', properties: ['schoolId', 'currentFor'] },
  ],
  indexes: [{ name: 'pay_links_invoice', properties: ['schoolId', 'invoiceId'] }],
});

/** Where the token of a link is sealed. */
export function sealedTokenOf(linkId: Id): string {
  return `pay_links.token:${linkId}`;
}

export function expiryOf(now: Date): Date {
  return new Date(now.getTime() + linkDays * day);
}

/** Whether a link may be handed out once more. */
export function lastsLongEnough(expiresAt: Date, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() >= leastDays * day;
}
