import { randomInt } from 'node:crypto';

// Without what looks like something else. Twenty-four of 31 letters are 118 bits: a plain hash of them cannot be turned back.
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const groups = 6;
const groupLength = 4;

/** Six groups of four, to be written down: `7KQM-2XRT-9BHD-W4CN-K8PV-3JFZ`. Shorter ones from before are good until they are used. */
export function newRecoveryCode(): string {
  const letter = () => letters[randomInt(letters.length)]!;
  const group = () => Array.from({ length: groupLength }, letter).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A code as it is compared, however it is typed. */
export function plainCode(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toUpperCase();
}
