import { describe, expect, it } from '@jest/globals';
import {
  BoolField,
  EnumField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  LocalTimeField,
  MoneyDto,
  MoneyField,
  TextField,
} from './fields.js';
import { InvalidRequest, MalformedRequest, RequestTooLarge } from './request-problems.js';
import { RequestValidation } from './request-validation.js';

class HoursDto {
  @IntField({ description: 'Weekday.', example: 1, min: 1, max: 7 })
  weekday: number;

  @LocalTimeField({ description: 'From.', example: '08:00' })
  starts: string;
}

class TeacherDto {
  @TextField({ description: 'Name.', example: 'Anna', max: 10 })
  name: string;

  @InstantField({ description: 'From.', example: '2026-12-01T08:00:00Z', optional: true })
  from?: Date;

  @LocalDateField({ description: 'Born.', example: '2000-01-01', nullable: true })
  born: string | null;

  @ListField(() => HoursDto, { description: 'Hours.', maxItems: 2 })
  hours: HoursDto[];

  @MoneyField({ description: 'Price.', optional: true })
  price?: MoneyDto;
}

class FilterDto {
  @IntField({ description: 'How many.', example: 5, min: 1, max: 10, default: 5, optional: true })
  limit: number = 5;

  @BoolField({ description: 'All?', example: true, optional: true })
  all?: boolean;

  @EnumField(['open', 'paid'], { description: 'State.', example: 'open', optional: true })
  state?: string;
}

const pipe = new RequestValidation();
const valid = { name: ' Anna ', born: null, hours: [{ weekday: 1, starts: '08:00' }] };

async function complaints(value: unknown, type: 'body' | 'query' = 'body', metatype: new () => object = TeacherDto) {
  const problem: unknown = await pipe.transform(value, { type, metatype }).catch((error: unknown) => error);
  if (!(problem instanceof InvalidRequest)) throw new Error('expected InvalidRequest', { cause: problem });
  return Object.fromEntries(problem.fields.map(({ field, message }) => [field, message.en]));
}

describe('request validation', () => {
  it('turns a body into its DTO, trimmed and typed', async () => {
    const dto = await pipe.transform(
      { ...valid, from: '2026-12-01T09:00:00+01:00', price: { amount: 5, currency: 'DKK' } },
      { type: 'body', metatype: TeacherDto },
    );
    expect(dto).toBeInstanceOf(TeacherDto);
    expect(dto).toEqual({
      ...valid,
      name: 'Anna',
      from: new Date('2026-12-01T08:00:00Z'),
      price: { amount: 5, currency: 'DKK' },
    });
    expect((dto as TeacherDto).price).toBeInstanceOf(MoneyDto);
    expect((dto as TeacherDto).hours[0]).toBeInstanceOf(HoursDto);
  });

  it('names every wrong field, nested ones by path', async () => {
    const wrong = {
      born: '2026-02-30',
      hours: [{ weekday: '1', starts: '8:00', extra: 1 }],
      from: '2026-12-01',
      price: { amount: 1.5, currency: 'kr' },
    };
    expect(await complaints(wrong)).toEqual({
      name: 'is required',
      from: 'must be a time with offset such as 2026-12-01T09:00:00+01:00',
      born: 'must be a date such as 2026-12-01',
      'hours.0.weekday': 'must be a whole number',
      'hours.0.starts': 'must be a time of day such as 08:30',
      'hours.0.extra': 'is not known here',
      'price.amount': 'must be a whole number of minor units',
      'price.currency': 'must be a currency code such as DKK',
    });
  });

  it('looks at no more values than any operation takes, wherever they lie', async () => {
    const fields = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`a${index}`, 1]));
    for (const body of [
      fields,
      { ...valid, hours: Array.from({ length: 1_998 }, () => ({})) },
      { price: { lists: [Array(2_000).fill(1)] } },
    ]) {
      const transformed = pipe.transform(body, { type: 'body', metatype: TeacherDto });
      await expect(transformed).rejects.toThrow(RequestTooLarge);
    }
  });

  it('tells missing, null and wrong lists apart', async () => {
    expect(await complaints({ name: null, born: null, hours: 'x', from: null, isAdmin: true })).toEqual({
      name: 'is required',
      hours: 'must be a list',
      from: 'must not be null; leave it out instead',
      isAdmin: 'is not known here',
    });
    expect(await complaints({ ...valid, hours: [1] })).toEqual({ 'hours.0': 'must be an object' });
    expect(await complaints({ ...valid, hours: [...valid.hours, ...valid.hours, ...valid.hours] })).toEqual({
      hours: 'must have at most 2 items',
    });
  });

  it.each(['2026-02-30T10:00:00Z', '2026-02-01T25:00:00Z', '2026-02-01T10:00:00', 1_700_000_000_000])(
    'takes %p for no time',
    async (from) => {
      expect(Object.keys(await complaints({ ...valid, from }))).toEqual(['from']);
    },
  );

  it('does not convert text in a body, but does in a query', async () => {
    expect(await complaints({ limit: '5', all: 'true' }, 'body', FilterDto)).toEqual({
      limit: 'must be a whole number',
      all: 'must be true or false',
    });
    expect(
      await pipe.transform({ limit: '7', all: 'false', state: 'paid' }, { type: 'query', metatype: FilterDto }),
    ).toEqual({ limit: 7, all: false, state: 'paid' });
    expect(await pipe.transform({}, { type: 'query', metatype: FilterDto })).toEqual({ limit: 5 });
    expect(await complaints({ limit: '7.5', all: 'maybe', state: 'x' }, 'query', FilterDto)).toEqual({
      limit: 'must be a whole number',
      all: 'must be true or false',
      state: 'must be one of: open, paid',
    });
  });

  it.each([['text'], [[1]], [7]])('refuses a body that is no object: %p', async (value) => {
    await expect(pipe.transform(value, { type: 'body', metatype: TeacherDto })).rejects.toBeInstanceOf(
      MalformedRequest,
    );
  });

  it('speaks Danish too', async () => {
    const problem = (await pipe
      .transform({}, { type: 'body', metatype: HoursDto })
      .catch((error: unknown) => error)) as InvalidRequest;
    expect(problem.fields[0]?.message.da).toBe('skal udfyldes');
  });
});
