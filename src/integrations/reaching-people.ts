import { type AppConfig } from '../platform/config/app.config.js';
import { isLoopback } from '../platform/config/safety.js';

// Below are the ports of real mail servers, on a developer's machine too.
const firstPortOfTheSandbox = 1_024;

/**
 * Whether what is handed to that address may end at people who never asked for it: outside production everything may, but for
 * the sandbox on the same machine, and that on laptops and in tests alone.
 */
export function needsContaining({ environment }: Pick<AppConfig, 'environment'>, address: string): boolean {
  if (environment === 'production') return false;
  if (environment === 'staging') return true;
  return !isLoopback(address) || Number(new URL(address).port) < firstPortOfTheSandbox;
}
