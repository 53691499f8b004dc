import { isIP } from 'node:net';

const ports = ['', '443', '8443'];

/**
 * The address to ask, when it is one that may be asked: https on its own port and by a name, without a login in it; `webcal:` is
 * how calendars spell https. Null: it may not.
 */
export function calendarAddress(text: string, { allowLocal }: { readonly allowLocal: boolean }): URL | null {
  const spelled = text.replace(/^webcals?:/i, 'https:');
  if (!URL.canParse(spelled)) return null;
  const url = new URL(spelled);
  if (url.username || url.password) return null;
  if (allowLocal) return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  return url.protocol === 'https:' && ports.includes(url.port) && isName(url.hostname) ? url : null;
}

/** No number, and no name that only our own network knows. */
function isName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (isIP(name.replaceAll(/[[\]]/g, '')) !== 0) return false;
  return name.includes('.') && !/(^|\.)(localhost|local|internal|intranet|lan|home|corp)$/i.test(name);
}
