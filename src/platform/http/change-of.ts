import type { Type } from '@nestjs/common';
import { PartialType } from '@nestjs/swagger';

/**
 * The body of a PATCH: every field of the DTO, and each may be left out. Null clears a nullable field and is refused for
 * any other; PartialType alone would let it through unchecked.
 */
export function ChangeOf<T>(dto: Type<T>): Type<Partial<T>> {
  return PartialType(dto, { skipNullProperties: false });
}
