/** `npm run test:faults` sets it; without it each fault is tried in its short form. */
export const isFull = process.env['FAULTS'] === 'full';

/** How often, how many or how long: in the short form and in the full one, where `name` in the environment may say otherwise. */
export function size(name: string, short: number, full: number): number {
  return Number(process.env[name] ?? (isFull ? full : short));
}
