import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isId, type Id } from '../values/id.js';
import { ResourceNotFound } from './request-problems.js';

const existingId: PipeTransform<string, Id> = {
  transform(value) {
    if (!isId(value)) throw new ResourceNotFound();
    return value;
  },
};

/** An id in the path, `@IdParam('bookingId') bookingId: Id`. A malformed one names nothing, so it is a 404. */
export function IdParam(name: string, description?: string): ParameterDecorator {
  return (target, method, index) => {
    Param(name, existingId)(target, method, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, method as string | symbol);
    if (descriptor) {
      ApiParam({ name, description: description ?? describe(name), schema: { type: 'string', format: 'uuid' } })(
        target,
        method as string,
        descriptor,
      );
    }
  };
}

/** `bookingId` reads as "Id of the booking." */
function describe(name: string): string {
  const words = name.replace(/Id$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Id of the ${words}.`;
}
