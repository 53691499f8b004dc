/** What an address may subscribe to. A name and what its payload holds are part of the API: they are added to, never changed. */
export const webhookTypes = [
  'booking.created',
  'booking.moved',
  'booking.cancelled',
  'booking.completed',
  'booking.no_show',
  'exam.planned',
  'exam.moved',
  'exam.cancelled',
  'exam.reported',
  'student.enrolled',
  'student.left',
  'invoice.issued',
  'payment.received',
  'payment.failed',
  'refund.completed',
  'lead.received',
  'lead.assigned',
  'lead.contacted',
  'lead.converted',
  'lead.closed',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** Sent when somebody asks for it, whatever is subscribed to. */
export const testType = 'webhook.test' as const;
export type SentType = WebhookType | typeof testType;
export const sentTypes = [...webhookTypes, testType] as const;

/** Of the payloads: grows when something is taken away or means something else; what is added does not change it. */
export const payloadVersion = 1;

/** What is signed and posted, byte by byte. */
export function payloadOf(type: SentType, schoolId: string | null, at: Date, data: object): string {
  return JSON.stringify({ type, version: payloadVersion, timestamp: at.toISOString(), schoolId, data });
}
