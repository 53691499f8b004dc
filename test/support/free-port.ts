import { reservePort } from '../../scripts/bootstrap/ports.mjs';

// Below those that the system gives to outgoing connections: one of them would have taken it before whoever asked listens.
const [lowest, highest] = [10_000, 19_499];

/** A port of 127.0.0.1 on which nobody listens right now. */
export async function freePort(): Promise<number> {
  const first = lowest + Math.floor(Math.random() * (highest - lowest + 1));
  const { port, release } = await reservePort(first, { label: 'a test' });
  release();
  return port;
}
