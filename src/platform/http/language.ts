import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Texts } from './problem.js';

export const languages = ['da', 'en'] as const satisfies readonly (keyof Texts)[];
export type Language = (typeof languages)[number];

/** The language that the caller asks for, `@CallersLanguage() language: Language`. */
export const CallersLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language =>
  languageOf(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);

/** The language of an `Accept-Language` header: Danish when it is wanted at least as much as English, else English. */
export function languageOf(header: string | undefined): Language {
  const wanted = { da: 0, en: 0 };
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [tag = '', ...parameters] = part.trim().split(';');
    const language = tag.split('-')[0];
    if (language !== 'da' && language !== 'en') continue;
    wanted[language] = Math.max(wanted[language], qualityOf(parameters));
  }
  return wanted.da > 0 && wanted.da >= wanted.en ? 'da' : 'en';
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.map((each) => /^\s*q=(.*)/.exec(each)?.[1]).find((each) => each !== undefined);
  return quality === undefined ? 1 : Number(quality) || 0;
}
