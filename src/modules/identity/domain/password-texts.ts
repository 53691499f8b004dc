import type { Texts } from '../../../platform/http/problem.js';

export const weakHint: Texts = {
  en: 'Choose three or more words that have nothing to do with each other.',
  da: 'Vælg tre eller flere ord, der ikke har noget med hinanden at gøre.',
};

export const tooFewWords: Texts = {
  en: 'This password is easy to guess.',
  da: 'Denne adgangskode er let at gætte.',
};

const common: Texts = {
  en: 'This is like a password that many people use.',
  da: 'Den ligner en adgangskode, som mange bruger.',
};

const names: Texts = { en: 'Names are easy to guess.', da: 'Navne er lette at gætte.' };

const keys: Texts = {
  en: 'Keys that lie beside each other are easy to guess.',
  da: 'Taster, der ligger ved siden af hinanden, er lette at gætte.',
};

const repeats: Texts = {
  en: 'Characters that repeat themselves are easy to guess.',
  da: 'Tegn, der gentager sig, er lette at gætte.',
};

/** The library's warnings, by their names. */
export const passwordWarnings = {
  straightRow: keys,
  keyPattern: keys,
  simpleRepeat: repeats,
  extendedRepeat: repeats,
  sequences: {
    en: 'Sequences such as abc or 123 are easy to guess.',
    da: 'Rækkefølger som abc eller 123 er lette at gætte.',
  },
  recentYears: { en: 'Years are easy to guess.', da: 'Årstal er lette at gætte.' },
  dates: { en: 'Dates are easy to guess.', da: 'Datoer er lette at gætte.' },
  topTen: common,
  topHundred: common,
  common,
  similarToCommon: common,
  wordByItself: { en: 'A single word is easy to guess.', da: 'Et enkelt ord er let at gætte.' },
  namesByThemselves: names,
  commonNames: names,
  userInputs: {
    en: 'Choose a password without your name, your e-mail or your school in it.',
    da: 'Vælg en adgangskode uden dit navn, din e-mail eller din skole i.',
  },
} as const satisfies Record<string, Texts>;
