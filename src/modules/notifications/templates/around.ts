import type { Locale } from './wording.js';

/** What stands around a text, whatever its kind. */
export const around: Record<Locale, { readonly copy: string; readonly copySms: string; readonly unsubscribe: string }> =
  {
    da: {
      copy: 'Kopi til dig som værge. Det skrev vi til {{ copyOf }}:',
      copySms: 'Til {{ copyOf }}: ',
      unsubscribe: 'Få ikke flere af den slags e-mails',
    },
    en: {
      copy: 'A copy for you as guardian. We wrote this to {{ copyOf }}:',
      copySms: 'To {{ copyOf }}: ',
      unsubscribe: 'Stop e-mails of this kind',
    },
  };
