import { payloadVersion, type SentType, sentTypes } from './webhook-types.js';

type FieldKind = 'id' | 'instant' | 'date' | 'number' | 'money' | 'word';

interface DataField {
  readonly kind: FieldKind;
  readonly nullable?: true;
  readonly says: string;
}

interface CataloguedType {
  readonly says: string;
  readonly data: Readonly<Record<string, DataField>>;
}

const id = (says: string): DataField => ({ kind: 'id', says });
const instant = (says: string): DataField => ({ kind: 'instant', says });
const word = (says: string): DataField => ({ kind: 'word', says });
const money = (says: string): DataField => ({ kind: 'money', says });

const studentId = id('the student');

const booking = {
  bookingId: id('the lesson'),
  studentId,
  teacherId: id('the teacher'),
  vehicleId: { ...id('the vehicle, if any'), nullable: true },
  lessonTypeId: id('the kind of lesson'),
  startsAt: instant('when it begins'),
  endsAt: instant('when it ends'),
  state: word('as in the API'),
} as const;

const exam = {
  examId: id('the exam'),
  studentId,
  kind: word('`theory` or `practical`'),
  licenceClass: word('the licence category'),
  startsAt: instant('when it begins'),
  state: word('as in the API'),
} as const;

const student = { studentId, status: word('as in the API') } as const;

const payment = {
  paymentId: id('the payment'),
  invoiceId: { ...id('the invoice it pays, if any'), nullable: true },
  studentId,
  state: word('as in the API'),
  amount: money('what was paid, or was to be'),
} as const;

const previously = { previousStartsAt: instant('when it began before') } as const;

/** What each type tells, and what its `data` holds. */
export const webhookCatalogue: Readonly<Record<SentType, CataloguedType>> = {
  'booking.created': { says: 'A lesson was booked.', data: booking },
  'booking.moved': { says: 'A lesson was moved.', data: { ...booking, ...previously } },
  'booking.cancelled': { says: 'A lesson was cancelled.', data: booking },
  'booking.completed': { says: 'A lesson was held.', data: booking },
  'booking.no_show': { says: 'The student did not come.', data: booking },
  'exam.planned': { says: 'An exam was planned.', data: exam },
  'exam.moved': { says: 'An exam was moved.', data: { ...exam, ...previously } },
  'exam.cancelled': { says: 'An exam was cancelled.', data: exam },
  'exam.reported': { says: 'The result of an exam was noted.', data: { ...exam, result: word('as in the API') } },
  'student.enrolled': { says: 'A student was enrolled.', data: student },
  'student.left': { says: 'A student was marked as having left.', data: student },
  'invoice.issued': {
    says: 'An invoice or a credit note was issued.',
    data: {
      invoiceId: id('the invoice'),
      studentId,
      kind: word('`invoice` or `credit_note`'),
      number: { kind: 'number', says: 'its number' },
      dueOn: { kind: 'date', says: 'when it is due' },
      gross: money('its sum with VAT'),
    },
  },
  'payment.received': { says: 'Money came in.', data: payment },
  'payment.failed': { says: 'A payment came to nothing.', data: payment },
  'refund.completed': {
    says: 'Money was given back.',
    data: {
      refundId: id('the refund'),
      paymentId: id('the payment it is of'),
      studentId,
      state: word('as in the API'),
      amount: money('what was given back'),
    },
  },
  'webhook.test': { says: 'Somebody asked for a test.', data: { endpointId: id('the endpoint') } },
};

const schemas = {
  id: { type: 'string', format: 'uuid' },
  instant: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
  number: { type: 'integer' },
  word: { type: 'string' },
  money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
  },
} satisfies Record<FieldKind, { readonly type: string; readonly [word: string]: unknown }>;

/** JSON Schema of what is posted for a type. Fields may be added, so a receiver lets pass what it does not know. */
export function payloadSchema(type: SentType): object {
  const { says, data } = webhookCatalogue[type];
  const properties = Object.fromEntries(Object.entries(data).map(([name, field]) => [name, schemaOf(field)]));
  return {
    title: type,
    description: says,
    type: 'object',
    required: ['type', 'version', 'timestamp', 'schoolId', 'data'],
    properties: {
      type: { const: type },
      version: { const: payloadVersion },
      timestamp: { ...schemas.instant, description: 'when it happened' },
      schoolId: schemas.id,
      data: { type: 'object', required: Object.keys(data), properties },
    },
  };
}

/** All of them in one document, by their types. */
export function payloadSchemas(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: Object.fromEntries(sentTypes.map((type) => [type, payloadSchema(type)])),
  };
}

/** The table of docs/webhooks.md. */
export function catalogueRows(): string[][] {
  return sentTypes.map((type) => {
    const { says, data } = webhookCatalogue[type];
    return [
      `\`${type}\``,
      says,
      Object.keys(data)
        .map((name) => `\`${name}\``)
        .join(', '),
    ];
  });
}

function schemaOf({ kind, nullable, says }: DataField): object {
  const schema = schemas[kind];
  return { ...schema, ...(nullable && { type: [schema.type, 'null'] }), description: says };
}
