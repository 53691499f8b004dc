import { clip } from './clip.js';
import { smsSegments } from './sms-segments.js';

/** Into how many billed parts a text message is cut at most, whatever the names in it. */
export const mostSmsSegments = 6;

/** Nothing that a text message names is longer. */
const longestValue = 100;
const longestSenderName = 40;
/** A longer one is none of ours. */
const longestLink = 300;

/** What somebody has written as a message is no name: it is fitted as a whole. */
const written = 'announcement';

const link = /^https?:\/\//;
const isLink = (word: string) => link.test(word) && word.length <= longestLink;

/** A text's data with long names cut; links stay whole. */
export function clippedForSms<View extends { readonly sender: { readonly name: string } }>(view: View): View {
  const clipped = clipEach(view) as View;
  return { ...clipped, sender: { ...clipped.sender, name: clip(view.sender.name, longestSenderName) } };
}

function clipEach(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length <= longestValue || isLink(value) ? value : clip(value, longestValue);
  if (typeof value !== 'object' || value === null) return value;
  const clipped: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) clipped[name] = name === written ? each : clipEach(each);
  return clipped;
}

/** The text in at most so many parts: cut at a word, with three dots; links beyond the cut are kept whole. */
export function fitSms(text: string, most = mostSmsSegments): string {
  const fits = (each: string) => smsSegments(each).segments <= most;
  if (fits(text)) return text;
  const words = text.split(' ');
  const cutAfter = (count: number) => {
    const links = words.slice(count).filter(isLink);
    return [`${words.slice(0, count).join(' ')}...`, ...links].join(' ');
  };
  // The more words, the longer, but for links, which are always there.
  let [fit, tooMany] = [0, words.length];
  while (tooMany - fit > 1) {
    const middle = Math.floor((fit + tooMany) / 2);
    if (fits(cutAfter(middle))) fit = middle;
    else tooMany = middle;
  }
  return cutAfter(fit);
}
