import type { EntitySchema } from '@mikro-orm/core';

/** Every table the application knows; a module adds its own list here. */
export const entities: EntitySchema[] = [];
