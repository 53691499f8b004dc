import { defineEntity } from '@mikro-orm/core';
import { bool, id, int, schoolScoped } from '../../../../platform/database/columns.js';

export const WaitingListSettingsSchema = defineEntity({
  name: 'WaitingListSettings',
  tableName: 'waiting_list_settings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    /** Whether a time that becomes free is offered without anybody doing it. */
    automatic: bool(),
    /** To how many students at a time; the first who accepts gets it. */
    offersAtOnce: int(),
  },
});

/** What a school does that has not said anything. */
export const usualSettings = { automatic: true, offersAtOnce: 3 } as const;
