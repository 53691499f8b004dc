import { SetMetadata } from '@nestjs/common';

export const verifiesMetadataKey = 'verification:verifies';

/** The method proves something about one school's rows, read only. @returns a line per thing that is wrong; none is good */
export function Verifies(subject: string) {
  return (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<() => Promise<string[]>>,
  ): void => {
    SetMetadata(verifiesMetadataKey, subject)(target, name, descriptor as PropertyDescriptor);
  };
}
