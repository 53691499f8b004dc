import type { AddressNews } from '../ports/delivery-reports.js';

// The words that carriers and providers know, and the Danish ones.
const stops = ['stop', 'stopall', 'stop alle', 'unsubscribe', 'cancel', 'end', 'quit', 'afmeld', 'frameld'];
const starts = ['start', 'unstop', 'yes', 'tilmeld'];

/** What an answer to a text message says about being written to: STOP, START, or nothing. */
export function addressWord(text: string, address: string, at: Date): AddressNews[] {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/[.!"'\s]+$/g, '')
    .replace(/\s+/g, ' ');
  if (stops.includes(said)) return [{ about: 'address', word: 'stop', address, at }];
  return starts.includes(said) ? [{ about: 'address', word: 'start', address, at }] : [];
}
