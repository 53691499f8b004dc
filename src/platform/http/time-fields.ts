import { Transform } from 'class-transformer';
import { IsDate, Matches, ValidateBy } from 'class-validator';
import { field, type FieldOptions } from './field.js';
import { says } from './field-texts.js';

const LOCAL_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const LOCAL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const LOCAL_END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** A moment: ISO 8601 with offset, arrives as `Date`. */
export function InstantField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date-time' },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && isInstant(value) ? new Date(value) : value,
    ),
    IsDate(
      says(
        'must be a time with offset such as 2026-12-01T09:00:00+01:00',
        'skal være et tidspunkt med forskydning som 2026-12-01T09:00:00+01:00',
      ),
    ),
    WithinReach(),
  );
}

/** A calendar date `YYYY-MM-DD` of the school's zone. */
export function LocalDateField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date' },
    ValidateBy(
      { name: 'isLocalDate', validator: { validate: isLocalDate } },
      says('must be a date such as 2026-12-01', 'skal være en dato som 2026-12-01'),
    ),
    WithinReach(),
  );
}

// Nobody alive was born before, and no diary or database goes beyond.
const firstYear = 1900;
const lastYear = 2199;

function WithinReach(): PropertyDecorator {
  return ValidateBy(
    { name: 'isWithinReach', validator: { validate: isWithinReach } },
    says(`must lie in the years ${firstYear} to ${lastYear}`, `skal ligge i årene ${firstYear} til ${lastYear}`),
  );
}

function isWithinReach(value: unknown): boolean {
  const date = value instanceof Date ? value : isLocalDate(value) ? new Date(value as string) : null;
  return date === null || (date.getUTCFullYear() >= firstYear && date.getUTCFullYear() <= lastYear);
}

// The runtime's own parser takes February 30 for March 2.
function isInstant(value: string): boolean {
  return INSTANT.test(value) && isLocalDate(value.slice(0, 10));
}

const longestZone = 60;

/** An IANA time zone that is known here. */
export function ZoneField(options: FieldOptions<string | null>): PropertyDecorator {
  return field(
    options,
    { type: 'string', maxLength: longestZone },
    ValidateBy(
      { name: 'isZone', validator: { validate: isZone } },
      says('must be a time zone such as Europe/Copenhagen', 'skal være en tidszone som Europe/Copenhagen'),
    ),
  );
}

// By name: an offset such as +01:00 knows no summer time.
function isZone(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > longestZone || !/^[A-Z]/i.test(value)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** 'YYYY-MM-DD' of a day that there is. */
export function isLocalDate(value: unknown): boolean {
  if (typeof value !== 'string' || !LOCAL_DATE.test(value)) return false;
  return new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
}

/** A time of day `HH:MM` of the school's zone; where a day ends, `24:00` is one too. */
export function LocalTimeField(options: FieldOptions<string | null> & { endsDay?: true }): PropertyDecorator {
  const pattern = options.endsDay ? LOCAL_END : LOCAL_TIME;
  return field(
    options,
    { type: 'string', pattern: pattern.source },
    Matches(pattern, says('must be a time of day such as 08:30', 'skal være et klokkeslæt som 08:30')),
  );
}
