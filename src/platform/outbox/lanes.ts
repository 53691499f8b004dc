/**
 * The queues behind the outbox. What waits for somebody outside has a lane of its own, so that his slowness holds up nothing else;
 * what comes in masses and may wait has another, so that it holds up nobody.
 */
export const lanes = ['main', 'email', 'sms', 'bulk-email', 'bulk-sms', 'webhooks'] as const;
export type Lane = (typeof lanes)[number];

interface LaneLimits {
  /** Events of one run, for a handler that takes many. */
  readonly together: number;
  /** Jobs that one process runs at a time. */
  readonly running: number;
  /** Jobs in Redis from which on the rest waits in SQL: there it costs nothing, and what is put off is not queued in vain. */
  readonly waiting: number;
}

export const laneLimits: Readonly<Record<Lane, LaneLimits>> = {
  main: { together: 100, running: 10, waiting: 100 },
  email: { together: 100, running: 2, waiting: 4 },
  sms: { together: 500, running: 4, waiting: 4 },
  'bulk-email': { together: 100, running: 1, waiting: 2 },
  'bulk-sms': { together: 500, running: 1, waiting: 1 },
  // Each of its jobs waits for other people's servers, and costs little meanwhile.
  webhooks: { together: 20, running: 10, waiting: 20 },
};

export function queueOf(lane: Lane): string {
  return `outbox-${lane}`;
}
