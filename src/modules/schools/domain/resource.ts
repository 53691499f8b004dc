import { defineEntity } from '@mikro-orm/core';
import { code, id, int } from '../../../platform/database/columns.js';

export type ResourceKind = 'person' | 'vehicle' | 'room' | 'track';

/**
 * Whatever has a calendar. Global, with a compact key because claims are many: a person keeps one resource in every
 * school, so somebody who works for two cannot be booked twice.
 */
export const ResourceSchema = defineEntity({
  name: 'Resource',
  tableName: 'resources',
  uniques: [{ name: 'resources_user_id_unique', properties: ['userId'] }],
  properties: {
    id: int().unsigned().autoincrement().primary(),
    kind: code<ResourceKind>(),
    userId: id().nullable(),
    capacity: int().default(1),
  },
});

/** Which school may use which resource. */
export const SchoolResourceSchema = defineEntity({
  name: 'SchoolResource',
  tableName: 'school_resources',
  indexes: [{ name: 'school_resources_resource_id_index', properties: ['resourceId'] }],
  properties: { schoolId: id().primary(), resourceId: int().unsigned().primary() },
});
