import { defineEntity, p } from '@mikro-orm/core';
import { id, int } from '../../../../platform/database/columns.js';

/** One quarter hour of one place of one resource, taken. The primary key is what makes a double booking impossible. */
export const ClaimSchema = defineEntity({
  name: 'Claim',
  tableName: 'claims',
  indexes: [{ name: 'claims_claimed_by', properties: ['claimedBy'] }],
  properties: {
    resourceId: int().unsigned().primary(),
    slot: int().unsigned().primary(),
    place: p.smallint().unsigned().primary(),
    schoolId: id(),
    claimedBy: id(),
  },
});

/** The claims of one place of a resource on a UTC day as two masks of 48 quarter hours: a read model for free times. */
export const ResourceDaySchema = defineEntity({
  name: 'ResourceDay',
  tableName: 'resource_days',
  properties: {
    resourceId: int().unsigned().primary(),
    day: int().unsigned().primary(),
    place: p.smallint().unsigned().primary().default(0),
    lo: p.bigint('number').unsigned(),
    hi: p.bigint('number').unsigned(),
  },
});

/** Where a teacher, a vehicle or a trailer is for the quarter hours of one claim: what travel times are counted between. */
export const WhereaboutsSchema = defineEntity({
  name: 'Whereabouts',
  tableName: 'whereabouts',
  indexes: [{ name: 'whereabouts_claimed_by', properties: ['claimedBy'] }],
  properties: {
    resourceId: int().unsigned().primary(),
    firstSlot: int().unsigned().primary(),
    endSlot: int().unsigned(),
    schoolId: id(),
    locationId: id(),
    claimedBy: id(),
  },
});
