import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { admittedExtension } from '../http/document/access.js';

export const ALWAYS_ADMITTED = Symbol('always admitted');

/** The route works whatever keeps the school back: it takes something back, and `why` says so. */
export function AlwaysAdmitted(why: string): MethodDecorator {
  return applyDecorators(SetMetadata(ALWAYS_ADMITTED, why), ApiExtension(admittedExtension, why));
}
