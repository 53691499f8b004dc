import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isId, type Id } from '../values/id.js';
import type { LocalDate } from '../values/zone.js';
import { ResourceNotFound } from './request-problems.js';
import { isLocalDate } from './time-fields.js';

const existingId: PipeTransform<string, Id> = {
  transform(value) {
    if (!isId(value)) throw new ResourceNotFound();
    return value;
  },
};

const existingDate: PipeTransform<string, LocalDate> = {
  transform(value) {
    if (!isLocalDate(value) || value < firstDate || value > lastDate) throw new ResourceNotFound();
    return value;
  },
};

// As far as the fields of bodies and queries reach.
const [firstDate, lastDate] = ['1900-01-01', '2199-12-31'];

/** A date in the path, `@DateParam('date') date: LocalDate`. A malformed one names nothing, so it is a 404. */
export function DateParam(name: string, description: string): ParameterDecorator {
  return documentedParam(name, existingDate, description, { type: 'string', format: 'date' });
}

/** One of some words in the path, `@WordParam('locale', ['da', 'en'], …)`. Any other names nothing, so it is a 404. */
export function WordParam(name: string, words: readonly string[], description: string): ParameterDecorator {
  const known: PipeTransform<string, string> = {
    transform(value) {
      if (!words.includes(value)) throw new ResourceNotFound();
      return value;
    },
  };
  return documentedParam(name, known, description, { type: 'string', enum: [...words] });
}

/** An id in the path, `@IdParam('bookingId') bookingId: Id`. A malformed one names nothing, so it is a 404. */
export function IdParam(name: string, description?: string): ParameterDecorator {
  return documentedParam(name, existingId, description ?? describe(name), { type: 'string', format: 'uuid' });
}

type ParamSchema = { readonly type: 'string'; readonly format?: 'uuid' | 'date'; readonly enum?: string[] };

function documentedParam(
  name: string,
  pipe: PipeTransform,
  description: string,
  schema: ParamSchema,
): ParameterDecorator {
  return (target, method, index) => {
    Param(name, pipe)(target, method, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, method as string | symbol);
    if (!descriptor) return;
    const example = schema.format === 'date' ? { example: '2026-12-01' } : {};
    ApiParam({ name, description, schema, ...example })(target, method as string, descriptor);
  };
}

/** `bookingId` reads as "Id of the booking." */
function describe(name: string): string {
  const words = name.replace(/Id$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Id of the ${words}.`;
}
