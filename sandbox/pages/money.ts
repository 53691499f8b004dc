/** Minor units as people read them: `450,00 kr.` in Danish. */
export function money(minor: number | null, currency: string | null, lang: 'da' | 'en' = 'da'): string {
  const code = (currency ?? 'dkk').toUpperCase();
  const format = new Intl.NumberFormat(lang === 'da' ? 'da-DK' : 'en-GB', { style: 'currency', currency: code });
  return format.format((minor ?? 0) / 100);
}

/** A moment as a clock on the wall shows it. */
export function clockTime(moment: Date | number): string {
  const date = typeof moment === 'number' ? new Date(moment * 1000) : moment;
  return date.toLocaleString('da-DK', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'medium' });
}
