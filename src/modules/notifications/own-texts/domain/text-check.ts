import type { FieldProblem, Texts } from '../../../../platform/http/problem.js';
import { smsSegments } from '../../domain/sms-segments.js';
import { type MessageTemplate, renderSms } from '../../templates/engine.js';
import { fillIn, namedIn } from '../../templates/text-language.js';
import type { Locale } from '../../templates/wording.js';
import { fieldsOf, partsOf, type TextParts, withParts } from './text-parts.js';
import { sampleView, variablesOf } from './text-variables.js';

/** What a text message of the sample may cost at most. */
export const mostSegments = 3;

/** Everything that is wrong with a school's words for a kind; none when they can be sent. */
export function problemsOf(template: MessageTemplate, locale: Locale, parts: TextParts): FieldProblem[] {
  const known = variablesOf(template, locale).map(({ name }) => name);
  const sample = sampleView(template, locale);
  const found = [
    ...missingParts(partsOf(template[locale]), parts),
    ...fieldsOf(parts).flatMap(([field, source]) => at(field, problemOf(field, source, known, sample))),
  ];
  return found.length > 0 ? found : problemsOfWhole(template, locale, parts);
}

function at(field: string, message: Texts | null): FieldProblem[] {
  return message ? [{ field, message }] : [];
}

const partNames = ['actionLabel', 'sms'] as const;

/** A kind has a button, and goes as a text message, or not: that is not for its words to say. */
function missingParts(standard: TextParts, parts: TextParts): FieldProblem[] {
  return partNames
    .filter((part) => (standard[part] === null) !== (parts[part] === null))
    .flatMap((part) => at(part, standard[part] === null ? texts.mustBeNull : texts.isNeeded));
}

function problemOf(field: string, source: string, known: readonly string[], sample: object): Texts | null {
  if (turning.test(source)) return texts.turnsAround;
  let named: readonly string[];
  let bare: string;
  try {
    named = namedIn(source);
    // What parses may still ask for too much when it is filled in, and no message of its kind would go out.
    fillIn(source, sample);
    bare = fillIn(source, {}).trim();
  } catch (error) {
    return texts.unreadable((error as Error).message);
  }
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) return texts.unknownVariable(unknown, known);
  // A paragraph that comes out empty is left out.
  const mayBeEmpty = field.startsWith('paragraphs.');
  return !mayBeEmpty && bare === '' ? texts.saysNothing : null;
}

function problemsOfWhole(template: MessageTemplate, locale: Locale, parts: TextParts): FieldProblem[] {
  const standard = new Map(fieldsOf(partsOf(template[locale])));
  const lost = fieldsOf(parts).flatMap(([field, source]) => at(field, lostLink(standard.get(field) ?? '', source)));
  if (lost.length > 0 || parts.sms === null) return lost;
  const own = { ...template, [locale]: withParts(template[locale], parts) };
  const { segments } = smsSegments(renderSms(own, locale, sampleView(template, locale)));
  return segments > mostSegments ? at('sms', texts.tooLong(segments)) : [];
}

/** A text message without the link that it is about is of no use; the e-mail has its button. */
function lostLink(standard: string, own: string): Texts | null {
  const kept = namedIn(own);
  const lost = namedIn(standard).find((name) => /link$/i.test(name) && !kept.includes(name));
  return lost === undefined ? null : texts.linkLost(lost);
}

// Right-to-left words are fine; marks that turn others around are not.
const turning = /[\u202a-\u202e\u2066-\u2069]/u;

const texts = {
  turnsAround: {
    en: 'must not hold marks that turn the reading direction around',
    da: 'må ikke rumme tegn, der vender læseretningen',
  },
  isNeeded: { en: 'is required for this kind of message', da: 'skal udfyldes for denne slags besked' },
  mustBeNull: { en: 'must be null: this kind of message has none', da: 'skal være null: denne slags besked har ingen' },
  saysNothing: {
    en: 'must say something where its variables are empty, too',
    da: 'skal også sige noget, hvor dens variabler er tomme',
  },
  unreadable: (why: string): Texts => ({
    en: `cannot be read as a text: ${why}`,
    da: `kan ikke læses som tekst: ${why}`,
  }),
  unknownVariable: (name: string, known: readonly string[]): Texts => ({
    en: `names {{ ${name} }}, which this kind of message does not have; it has ${known.join(', ')}`,
    da: `nævner {{ ${name} }}, som denne slags besked ikke har; den har ${known.join(', ')}`,
  }),
  linkLost: (name: string): Texts => ({
    en: `must keep {{ ${name} }}, which its reader needs`,
    da: `skal beholde {{ ${name} }}, som læseren har brug for`,
  }),
  tooLong: (segments: number): Texts => ({
    en: `would be sent as ${segments} text messages; at most ${mostSegments} are allowed`,
    da: `ville blive sendt som ${segments} SMS’er; højst ${mostSegments} er tilladt`,
  }),
};
