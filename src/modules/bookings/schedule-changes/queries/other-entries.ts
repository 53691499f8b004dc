import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../../../../platform/discovery/decorated-methods.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { Scheduling, type ScheduleChange } from '../../../schools/index.js';
import type { DiaryItem, DiaryItems, Named } from '../../domain/diary-item.js';
import type { NotAtWork } from '../../domain/not-at-work.js';
import { showsInDiaryMetadataKey } from '../../ports/shows-in-diary.js';
import type { OrphanQuestion } from '../../queries/orphan-search.js';
import { TeacherSchedules, whyOutside } from '../../queries/teacher-schedules.js';
import { reachOf } from '../domain/wanted-change.js';

/** Something that is no lesson, a class or an exam, outside its teacher's hours or inside his time off. */
export interface OtherEntry {
  readonly kind: string;
  readonly id: Id;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacher: Named;
  readonly reason: NotAtWork;
}

/** No answer names more of them. */
export const MOST_OTHERS = 200;
// A new week counts for ever, but nothing is planned further ahead.
const FURTHEST = 2 * 365 * 86_400_000;

/** What else stands in the diary and does not fit into its teacher's hours: named beside the lessons, and decided on where it belongs. */
@Injectable()
export class OtherEntries {
  constructor(
    private readonly methods: DecoratedMethods,
    private readonly scheduling: Scheduling,
    private readonly schedules: TeacherSchedules,
    private readonly clock: Clock,
  ) {}

  /** Those that a change which is not saved yet would leave outside, and that are not for the same reason already; soonest first. */
  async leftBy(change: ScheduleChange): Promise<OtherEntry[]> {
    const { zone } = await this.scheduling.school();
    const reach = reachOf(change, zone, this.clock.now());
    const known = new Map((await this.outside(reach)).map(({ id, reason }) => [id, reason]));
    return (await this.outside({ ...reach, change })).filter(({ id, reason }) => known.get(id) !== reason);
  }

  /** All of them, soonest first. */
  async outside({ teacherId, from, until, change }: OrphanQuestion): Promise<OtherEntry[]> {
    const { zone } = await this.scheduling.school();
    const range = new TimeRange(from, until ?? new Date(from.getTime() + FURTHEST));
    const items = await this.planned(range, teacherId);
    if (items.length === 0) return [];
    const teacherIds = [...new Set(items.map(({ teacher }) => teacher.id))];
    const schedules = await this.schedules.load(teacherIds, aroundAll(items), zone, change);
    return items.flatMap((item) => {
      const reason = whyOutside(item, schedules.get(item.teacher.id)!);
      const { kind, id, title, startsAt, endsAt, teacher } = item;
      return reason ? [{ kind, id, title, startsAt, endsAt, teacher, reason }] : [];
    });
  }

  private async planned(range: TimeRange, teacherId: Id | null): Promise<TaughtItem[]> {
    const asked = { range, ...(teacherId !== null && { teacherId }) };
    const areas = this.methods.find<string, DiaryItems>(showsInDiaryMetadataKey);
    const others = areas.filter(({ options: kind }) => kind !== 'lesson');
    const items = (await Promise.all(others.map(({ call }) => call(asked)))).flat();
    return items
      .filter((item): item is TaughtItem => item.teacher !== null && item.state === 'planned')
      .filter(({ startsAt }) => startsAt >= range.start)
      .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }
}

type TaughtItem = DiaryItem & { readonly teacher: Named };

/** With a day to spare for what is set up and put away. */
function aroundAll(items: readonly TaughtItem[]): TimeRange {
  const starts = items.map(({ startsAt }) => startsAt.getTime());
  const ends = items.map(({ endsAt }) => endsAt.getTime());
  return new TimeRange(new Date(Math.min(...starts)), new Date(Math.max(...ends))).widened(24 * 60, 24 * 60);
}
