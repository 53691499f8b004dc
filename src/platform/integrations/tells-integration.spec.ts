import { expect, it } from '@jest/globals';
import { stateOf } from './tells-integration.js';

const [earlier, later] = [new Date('2026-12-01T08:00:00Z'), new Date('2026-12-01T09:00:00Z')];

it.each([
  [null, null, 'ok'],
  [earlier, null, 'ok'],
  [null, earlier, 'failing'],
  [earlier, later, 'failing'],
  [later, earlier, 'ok'],
  [earlier, earlier, 'ok'],
] as const)('a system whose last success was %s and whose last failure %s is %s', (success, failure, state) => {
  expect(stateOf(success, failure)).toBe(state);
});
