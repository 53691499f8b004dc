/** The lesson of every example. */
export const sampleStart = new Date('2026-12-01T09:00:00Z');
export const sampleEnd = new Date('2026-12-01T09:45:00Z');
