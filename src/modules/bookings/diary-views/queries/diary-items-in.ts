import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../../../../platform/discovery/decorated-methods.js';
import type { DiaryAsked, DiaryItem, DiaryItems } from '../../domain/diary-item.js';
import { showsInDiaryMetadataKey } from '../../ports/shows-in-diary.js';

/** What is to take place, and was neither held alone nor reported yet. */
const ahead = ['booked', 'planned'];

/** All that stands in the current school's diary, of every kind. */
@Injectable()
export class DiaryItemsIn {
  constructor(private readonly methods: DecoratedMethods) {}

  /** In order of time. */
  async all(asked: DiaryAsked): Promise<DiaryItem[]> {
    const kinds = this.methods.find<string, DiaryItems>(showsInDiaryMetadataKey);
    const items = await Promise.all(kinds.map(({ call }) => call(asked)));
    return items.flat().sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  /** Those that begin in the range and are to take place. */
  async ahead(asked: DiaryAsked): Promise<DiaryItem[]> {
    const items = await this.all(asked);
    return items.filter(({ state, startsAt }) => ahead.includes(state) && asked.range.start <= startsAt);
  }
}
