import { Temporal } from 'temporal-polyfill';
import { localDate, localTime, minutesOf, type LocalDate } from '../../../../platform/values/zone.js';
import type { DiaryColumn, DiaryDay, Span, ViewedItem } from '../domain/diary-column.js';
import { fitted, type Drawing, type Label, type Measure, type Shape } from './drawing.js';
import type { WeekWords } from './week-words.js';

/** One teacher's week, as it goes on paper. */
export interface WeekPage {
  readonly school: string;
  readonly zone: string;
  readonly column: DiaryColumn;
  readonly items: readonly ViewedItem[];
  readonly words: WeekWords;
  readonly page: number;
  readonly pages: number;
}

// A4 landscape, in points.
const paper = { width: 842, height: 595 };
const grid = { left: 58, right: 814, top: 92, bottom: 562 };
const colors = {
  ink: '#1f2937',
  faint: '#6b7280',
  rule: '#d1d5db',
  idle: '#f3f4f6',
  off: '#e5e7eb',
  work: '#ffffff',
  lesson: '#dbeafe',
  class_session: '#dcfce7',
  exam: '#fef3c7',
  conflict: '#b91c1c',
};

interface Scale {
  readonly dates: readonly LocalDate[];
  /** Whole hours of the day between which everything lies. */
  readonly from: number;
  readonly until: number;
}

/** Lays out one week: a column a day, an hour as high as the longest day lets it be. Every text fits its box. */
export function weekPage(page: WeekPage, measure: Measure): Drawing {
  const scale = scaleOf(page);
  const shapes: Shape[] = [...heading(page), ...rows(scale)];
  scale.dates.forEach((date, index) => {
    const day = page.column.days.find((each) => each.date === date)!;
    shapes.push(...dayShapes(page, scale, { day, index }, measure));
  });
  if (page.items.length === 0 && page.column.workingMinutes === 0)
    shapes.push(label(page.words.nothing, grid.left + 8, grid.top + 22, { size: 11, color: colors.faint }));
  return { ...paper, title: `${page.column.name} · ${page.words.week(weekNumber(page))}`, shapes };
}

function heading({ school, column, words, page, pages }: WeekPage): Shape[] {
  const [first, last] = [column.days[0]!.date, column.days.at(-1)!.date];
  const when = `${words.week(weekNumber({ column }))} · ${words.date(first)} – ${words.date(last)}`;
  return [
    label(column.name, grid.left, 46, { size: 20, bold: true }),
    label(when, grid.left, 66, { size: 11, color: colors.faint }),
    label(school, grid.right, 46, { size: 11, align: 'right' }),
    label(words.page(page, pages), grid.right, 580, { size: 8, color: colors.faint, align: 'right' }),
  ];
}

function rows({ from, until }: Scale): Shape[] {
  const hours = Array.from({ length: until - from + 1 }, (_, n) => from + n);
  return hours.flatMap((hour): Shape[] => {
    const y = yOf(hour * 60, { from, until });
    const text = `${String(hour % 24).padStart(2, '0')}:00`;
    return [
      { shape: 'line', x1: grid.left - 4, y1: y, x2: grid.right, y2: y, color: colors.rule },
      label(text, grid.left - 8, y + 3, { size: 8, color: colors.faint, align: 'right' }),
    ];
  });
}

function dayShapes(
  page: WeekPage,
  scale: Scale,
  { day, index }: { readonly day: DiaryDay; readonly index: number },
  measure: Measure,
): Shape[] {
  const width = (grid.right - grid.left) / scale.dates.length;
  const x = grid.left + index * width;
  const place = (span: Span) => placeOf(span, { x: x + 2, width: width - 4, day, scale, zone: page.zone });
  const area = (span: Span, fill: string): Shape => ({ shape: 'box', ...place(span), fill });
  const noted = (span: Span, text: string): Shape[] => {
    const { y, height } = place(span);
    const note = label(
      fitted(text, width - 12, (each) => measure(each, 8, false)),
      x + 6,
      y + 10,
      { size: 8, color: colors.faint },
    );
    return [area(span, colors.off), ...(height >= 12 ? [note] : [])];
  };
  const name = page.words.weekday(day.date);
  const its = page.items.filter((item) => localDate(item.startsAt, page.zone) === day.date);
  return [
    { shape: 'box', x: x + 2, y: grid.top, width: width - 4, height: grid.bottom - grid.top, fill: colors.idle },
    ...day.working.map((span) => area(span, colors.work)),
    ...hourRules(scale, x + 2, width - 4),
    ...day.timeOff.flatMap((span) => noted(span, page.words.timeOff)),
    ...day.busyElsewhere.flatMap((span) => noted(span, page.words.elsewhere)),
    ...its.flatMap((item) => itemShapes(item, page, place(item), measure)),
    label(
      fitted(name, width - 8, (each) => measure(each, 10, true)),
      x + 4,
      grid.top - 7,
      { size: 10, bold: true },
    ),
  ];
}

function hourRules(scale: Scale, x: number, width: number): Shape[] {
  const hours = Array.from({ length: scale.until - scale.from + 1 }, (_, n) => (scale.from + n) * 60);
  return hours.map((minute) => ({
    shape: 'line',
    x1: x,
    y1: yOf(minute, scale),
    x2: x + width,
    y2: yOf(minute, scale),
    color: colors.rule,
  }));
}

function itemShapes(item: ViewedItem, page: WeekPage, place: Area, measure: Measure): Shape[] {
  const { x, y, width, height } = place;
  const isWrong = item.conflicts.length > 0;
  const fill = colors[item.kind as 'lesson'] ?? colors.lesson;
  const lines = linesOf(item, page, height);
  const size = height < 11 ? 6.5 : 8;
  return [
    { shape: 'box', x, y: y + 0.5, width, height: height - 1, fill, stroke: isWrong ? colors.conflict : colors.faint },
    ...lines.map((text, n) =>
      label(
        fitted(text, width - 8, (each) => measure(each, size, n === 0)),
        x + 4,
        y + size + 1.5 + n * (size + 2),
        { size, bold: n === 0 },
      ),
    ),
  ];
}

/** The most important first, as many as there is room for. */
function linesOf(item: ViewedItem, { zone, words }: WeekPage, height: number): string[] {
  const time = `${localTime(item.startsAt, zone)}–${localTime(item.endsAt, zone)}`;
  const who = item.student?.name ?? words.class;
  const where = [item.facility?.name, item.location?.name].filter(Boolean).join(', ');
  const what = [item.vehicle?.name, item.trailer?.name].filter(Boolean).join(' + ');
  const all = [`${time} ${who}`, item.title, [what, where].filter(Boolean).join(' · ')].filter(Boolean);
  return all.slice(0, Math.max(1, Math.floor((height - 2) / 10)));
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Frame {
  readonly x: number;
  readonly width: number;
  readonly day: DiaryDay;
  readonly scale: Scale;
  readonly zone: string;
}

/** By what the clock shows; what goes on after midnight ends with the paper. */
function placeOf({ startsAt, endsAt }: Span, { x, width, day, scale, zone }: Frame): Area {
  const minute = (at: Date) => (localDate(at, zone) > day.date ? 24 * 60 : minutesOf(localTime(at, zone)));
  const y = yOf(minute(startsAt), scale);
  return { x, y, width, height: Math.max(yOf(minute(endsAt), scale) - y, 8) };
}

function scaleOf({ column, items, zone }: WeekPage): Scale {
  const spans: Span[] = [...column.days.flatMap(({ working }) => working), ...items];
  const starts = spans.map(({ startsAt }) => minutesOf(localTime(startsAt, zone)));
  const ends = spans.map(({ startsAt, endsAt }) =>
    localDate(endsAt, zone) > localDate(startsAt, zone) ? 24 * 60 : minutesOf(localTime(endsAt, zone)),
  );
  const from = Math.floor(Math.min(8 * 60, ...starts) / 60);
  const until = Math.ceil(Math.max(16 * 60, ...ends) / 60);
  const dates = column.days.map(({ date }) => date);
  const isUsed = (date: LocalDate) =>
    column.days.some((day) => day.date === date && (day.workingMinutes > 0 || day.entries > 0));
  // A weekend that nobody uses leaves its room to the others.
  const shown = dates.filter((_, index) => index < 5 || dates.slice(index).some(isUsed));
  return { dates: shown, from, until };
}

function yOf(minute: number, { from, until }: Pick<Scale, 'from' | 'until'>): number {
  const inside = Math.min(Math.max(minute, from * 60), until * 60);
  return grid.top + ((inside - from * 60) / ((until - from) * 60)) * (grid.bottom - grid.top);
}

function weekNumber({ column }: Pick<WeekPage, 'column'>): number {
  return Temporal.PlainDate.from(column.days[0]!.date).weekOfYear ?? 0;
}

type LabelStyle = Partial<Pick<Label, 'bold' | 'color' | 'align'>> & Pick<Label, 'size'>;

function label(text: string, x: number, baseline: number, style: LabelStyle): Label {
  return { shape: 'label', text, x, baseline, bold: false, color: colors.ink, align: 'left', ...style };
}
