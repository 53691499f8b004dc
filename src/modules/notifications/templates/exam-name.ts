import type { ExamForMessage } from '../../bookings/index.js';
import type { Locale } from './wording.js';

const names = {
  da: { theory: 'teoriprøve', practical: 'køreprøve' },
  en: { theory: 'theory test', practical: 'driving test' },
};

/** "køreprøve B" */
export function examName(
  { kind, licenceClass }: Pick<ExamForMessage, 'kind' | 'licenceClass'>,
  locale: Locale,
): string {
  return `${names[locale][kind]} ${licenceClass}`;
}
