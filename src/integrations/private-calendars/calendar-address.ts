import { strangersAddress } from '../../platform/ports/strangers-address.js';

/** The address to ask, when it is one that may be asked; `webcal:` is how calendars spell https. Null: it may not. */
export function calendarAddress(text: string, { allowLocal }: { readonly allowLocal: boolean }): URL | null {
  return strangersAddress(text.replace(/^webcals?:/i, 'https:'), () => allowLocal);
}
