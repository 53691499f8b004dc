import { SetMetadata } from '@nestjs/common';
import type { DiaryItems } from '../domain/diary-item.js';

export const showsInDiaryMetadataKey = 'diary:shows-in-diary';

/** The method gives all of one kind that stands in the current school's diary, in one statement. */
export function ShowsInDiary(kind: string) {
  return (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<DiaryItems>): void => {
    SetMetadata(showsInDiaryMetadataKey, kind)(target, name, descriptor as PropertyDescriptor);
  };
}
