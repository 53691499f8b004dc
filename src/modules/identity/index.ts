export { Requires } from './domain/requires.js';
export type { Permission } from './domain/permissions.js';
