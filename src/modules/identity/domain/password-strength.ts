import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { Texts } from '../../../platform/http/problem.js';
import { loadedOnce } from '../../../platform/loading/loaded-once.js';
import { passwordWarnings, tooFewWords, weakHint } from './password-texts.js';

/** Of 0 to 4: not guessed within a hundred million tries. */
const leastScore = 3;

// Beyond that the estimate costs time that everybody else waits for; and what is strong so far stays strong.
const looksAt = 40;
const leastBesideOwnWords = 6;

// What people here think of first, and the library's languages do not know.
const danishWords = (
  'adgangskode kodeord hemmelig hemmeligt velkommen sommer vinter efterår forår danmark dansk københavn kobenhavn aarhus odense ' +
  'aalborg esbjerg roskilde januar februar marts april maj juni juli august september oktober november december mandag tirsdag ' +
  'onsdag torsdag fredag lørdag søndag skat elsker kærlighed familie fodbold køreskole koreskole kørekort korekort kørelærer bil ' +
  'bilen elev lærer skole driving school teacher justdriving'
).split(' ');

/** Two megabytes of words: read when a password is first chosen, and never in a worker. */
const estimator = loadedOnce(async (): Promise<ZxcvbnFactory> => {
  const [zxcvbn, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new zxcvbn.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, danish: danishWords },
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: 8,
  });
});

/** Why a password is too easy to guess and what helps, or null. @param own what is known of the person: name, address */
export async function passwordWeakness(password: string, own: readonly string[]): Promise<Texts | null> {
  const words = own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  if (besideWords(password, words).length < leastBesideOwnWords) return passwordWarnings.userInputs;
  const { score, feedback } = (await estimator()).check(password.slice(0, looksAt), [...new Set(words)]);
  if (score >= leastScore) return null;
  const warning = passwordWarnings[feedback.warning as keyof typeof passwordWarnings] ?? tooFewWords;
  return { en: `${warning.en} ${weakHint.en}`, da: `${warning.da} ${weakHint.da}` };
}

function besideWords(password: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ''), password.toLowerCase());
  return rest.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
