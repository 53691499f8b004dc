/** How long before something its reminders go out, in minutes; several, or none at all. */
export type ReminderLeads = readonly number[];

export const mostLeads = 4;
export const shortestLead = 15;
/** Seven days. */
export const longestLead = 7 * 24 * 60;

/** A day before. */
export const customaryLeads: ReminderLeads = [1_440];

/** As a column keeps them: the longest first, each once. */
export function joinLeads(leads: ReminderLeads): string {
  return [...new Set(leads)].toSorted((a, b) => b - a).join(',');
}

export function splitLeads(list: string): number[] {
  return list === '' ? [] : list.split(',').map(Number);
}
