import type { Environment, SafetyCheck, ServedEnvironment } from './config.section.js';

/** The environment when it is one that must be safe, else null. */
export function servedEnvironment({ APP_ENV }: Environment): ServedEnvironment | null {
  return APP_ENV === 'staging' || APP_ENV === 'production' ? APP_ENV : null;
}

/** For the address of a vendor: only the vendor's own will do in production. */
export const vendorsOwn: SafetyCheck = (_value, { environment }) =>
  environment === 'production' ? 'must be empty in production: it leads away from the vendor' : undefined;

/** For the key of a vendor that tells its test keys apart. */
export function notForTests(pattern: RegExp): SafetyCheck {
  return (value, { environment }) =>
    environment === 'production' && pattern.test(value)
      ? 'is a key for tests: nothing real would happen with it'
      : undefined;
}

/** For the address people reach us by. */
export const servedByTls: SafetyCheck = (value) =>
  value.startsWith('https://') ? undefined : 'must begin with https://: logins and tokens travel by it';

/** For a secret somebody made up: words and repeated characters are no key. */
export const random: SafetyCheck = (value) =>
  new Set(value).size < 12 ? 'is not random: make one with `openssl rand -base64 48`' : undefined;

/** True when the address stays on this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, '');
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** For the address of a server whose connections `tls` encrypts: over a network that is said, one way or the other. */
export function encryptedUnlessSaid(tls: string, encrypted: RegExp = /^$/): SafetyCheck {
  return (value, { env }) =>
    env[tls] || isLoopback(value) || encrypted.test(value)
      ? undefined
      : `leads to another machine: set ${tls}=require, or ${tls}=off if nobody else is on the network between`;
}

/** What a choice cannot do without; a secret may come from a file. */
export function needs(names: readonly string[], env: Environment): string | undefined {
  const missing = names.filter((name) => !env[name] && !env[`${name}_FILE`]);
  return missing.length > 0 ? `needs ${missing.join(' and ')}` : undefined;
}
