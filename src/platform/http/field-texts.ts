import type { ValidationOptions } from 'class-validator';
import type { Texts } from './problem.js';

/** Attaches a sentence in both languages to a validator; the request validation answers it. */
export function says(en: string, da: string, options: ValidationOptions = {}): ValidationOptions {
  const text: Texts = { en, da };
  return { ...options, message: en, context: { text } };
}
