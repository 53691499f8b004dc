import { isIP } from 'node:net';

const ports = ['', '443', '8443'];

/**
 * The address to ask, when it is one that a stranger may have us ask: https on its own port and by a name, without a login in it.
 * Null: it may not be asked.
 *
 * @param isLocal hosts of tests and the sandbox: these may be asked by plain http and by number too
 */
export function strangersAddress(text: string, isLocal: (url: URL) => boolean): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password) return null;
  if (isLocal(url)) return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  return url.protocol === 'https:' && ports.includes(url.port) && isName(url.hostname) ? url : null;
}

/** No number, and no name that only our own network knows. */
function isName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (isIP(name.replaceAll(/[[\]]/g, '')) !== 0) return false;
  return name.includes('.') && !/(^|\.)(localhost|local|internal|intranet|lan|home|corp)$/i.test(name);
}
