import { payloadVersion, type SentType, sentTypes, testType } from './webhook-types.js';

type FieldKind = 'id' | 'instant' | 'date' | 'number' | 'money' | 'word';

interface DataField {
  readonly kind: FieldKind;
  readonly nullable?: true;
  readonly says: string;
  /** Of a word; the other kinds have one each. */
  readonly example?: string;
}

interface CataloguedType {
  readonly says: string;
  readonly data: Readonly<Record<string, DataField>>;
}

const id = (says: string): DataField => ({ kind: 'id', says });
const instant = (says: string): DataField => ({ kind: 'instant', says });
const word = (says: string, example: string): DataField => ({ kind: 'word', says, example });
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
  state: word('as in the API', 'booked'),
} as const;

const exam = {
  examId: id('the exam'),
  studentId,
  kind: word('`theory` or `practical`', 'practical'),
  licenceClass: word('the licence category', 'B'),
  startsAt: instant('when it begins'),
  state: word('as in the API', 'planned'),
} as const;

const student = { studentId, status: word('as in the API', 'active') } as const;

const payment = {
  paymentId: id('the payment'),
  invoiceId: { ...id('the invoice it pays, if any'), nullable: true },
  studentId,
  state: word('as in the API', 'succeeded'),
  amount: money('what was paid, or was to be'),
} as const;

const lead = {
  leadId: id('the lead'),
  source: word('where it came from, as in the API', 'findkoreskole'),
  externalId: { ...word('the partner’s own id of it, if a partner sent it', 'fk-2026-000412'), nullable: true },
  kind: word('`enquiry` or `registration`', 'enquiry'),
  state: word('as in the API', 'new'),
  revision: { kind: 'number', says: 'grows with each state' },
} as const satisfies Record<string, DataField>;

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
  'exam.reported': {
    says: 'The result of an exam was noted.',
    data: { ...exam, result: word('as in the API', 'passed') },
  },
  'student.enrolled': { says: 'A student was enrolled.', data: student },
  'student.left': { says: 'A student was marked as having left.', data: student },
  'invoice.issued': {
    says: 'An invoice or a credit note was issued.',
    data: {
      invoiceId: id('the invoice'),
      studentId,
      kind: word('`invoice` or `credit_note`', 'invoice'),
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
      state: word('as in the API', 'succeeded'),
      amount: money('what was given back'),
    },
  },
  'lead.received': { says: 'Somebody asked, or wants to begin.', data: lead },
  'lead.assigned': {
    says: 'Somebody of the school looks after it.',
    data: { ...lead, assignedTo: { ...id('the person; null to partners'), nullable: true } },
  },
  'lead.contacted': { says: 'Somebody of the school has spoken to the person.', data: lead },
  'lead.converted': {
    says: 'The person is a student now.',
    data: { ...lead, studentId: { ...id('the student; null to partners'), nullable: true } },
  },
  'lead.closed': {
    says: 'Nothing came of it.',
    data: { ...lead, reason: word('`rejectReason` as in the API', 'no_capacity') },
  },
  'webhook.test': { says: 'Somebody asked for a test.', data: { endpointId: id('the endpoint') } },
};

const school = id('which school it is about');
const testedSchool: DataField = { ...id('null when the endpoint is a partner’s'), nullable: true };

const schemas = {
  id: { type: 'string', format: 'uuid', examples: ['019ac0de-0000-7000-8000-000000000001'] },
  instant: { type: 'string', format: 'date-time', examples: ['2026-12-01T09:00:00.000Z'] },
  date: { type: 'string', format: 'date', examples: ['2026-12-15'] },
  number: { type: 'integer', examples: [1] },
  word: { type: 'string' },
  money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: {
      amount: { type: 'integer', description: 'minor units', examples: [65_000] },
      currency: { type: 'string', description: 'by ISO 4217', examples: ['DKK'] },
    },
    examples: [{ amount: 65_000, currency: 'DKK' }],
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
      type: { const: type, type: 'string', examples: [type] },
      version: { const: payloadVersion, type: 'integer', examples: [payloadVersion] },
      timestamp: { ...schemas.instant, description: 'when it happened' },
      schoolId: schemaOf(type === testType ? testedSchool : school),
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

/** A message of that type, out of the examples of its fields. */
export function payloadExample(type: SentType): object {
  return exampleOf(payloadSchema(type)) as object;
}

function schemaOf({ kind, nullable, says, example }: DataField): object {
  const schema = schemas[kind];
  const type = nullable ? [schema.type, 'null'] : schema.type;
  return { ...schema, type, description: says, ...(example && { examples: [example] }) };
}

interface Schema {
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

function exampleOf({ examples, properties = {} }: Schema): unknown {
  if (examples) return examples[0];
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, exampleOf(field)]));
}
