import type { EntitySchema } from '@mikro-orm/core';
import { financeEntities } from './modules/finance/index.js';
import { identityEntities } from './modules/identity/index.js';
import { platformEntities } from './platform/platform.entities.js';

/** Every table the application knows; a module adds its own list here. */
export const entities: EntitySchema[] = [
  ...platformEntities,
  ...identityEntities,
  ...financeEntities,
];
