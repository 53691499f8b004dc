import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { PersonActor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Language } from '../../../../platform/http/language.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { StudentNotFound } from '../../../students/index.js';
import type { CalendarOwner } from '../../ports/calendar-entries.js';
import { CalendarFeed, type FeedKind, type StudentNames } from '../domain/calendar-feed.js';
import { type FeedReader, mayShowFullNames, maySubscribe } from '../domain/feed-policy.js';
import { CalendarNotYours, InitialsOnly, WhoseCalendar } from '../domain/feed-problems.js';
import { CalendarOwners } from '../queries/calendar-owners.js';
import { FeedAddresses, type OpenedFeed } from '../queries/feed-addresses.js';
import { FeedReaders } from '../queries/feed-readers.js';

export interface OpenFeedCommand {
  readonly kind: FeedKind;
  /** Himself, when a teacher leaves it out. */
  readonly teacherId?: Id;
  /** Himself, when a student leaves it out, or the one ward of a guardian. */
  readonly studentId?: Id;
  readonly vehicleId?: Id;
  readonly names?: StudentNames;
  /** The school's, when left out. */
  readonly language?: Language;
}

/** Makes a secret address at which somebody's calendar program reads a calendar that he may see. */
@Injectable()
export class OpenCalendarFeed {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly readers: FeedReaders,
    private readonly owners: CalendarOwners,
    private readonly addresses: FeedAddresses,
    private readonly audit: Audit,
  ) {}

  /** @throws CalendarNotYours | InitialsOnly | WhoseCalendar | TeacherNotFound | StudentNotFound | VehicleNotFound */
  @Transaction()
  async execute({ userId, schoolId }: PersonActor, command: OpenFeedCommand): Promise<OpenedFeed> {
    const { names = 'initials' } = command;
    const reader = await this.readers.of(userId);
    const owner = ownerMeant(command, reader);
    if (!maySubscribe(reader, owner)) throw refusal(owner);
    if (names === 'full' && !mayShowFullNames(reader, owner)) throw new InitialsOnly();
    await this.owners.titleOf(owner);
    const language = command.language ?? (await this.scheduling.school()).locale;
    const of = owner.kind === 'school' ? {} : { [`${owner.kind}Id`]: owner.id };
    const { feed, token } = CalendarFeed.open(
      { schoolId, userId, kind: owner.kind, ...of, names, language },
      this.clock.now(),
    );
    await this.em.persist(feed).flush();
    const details = { kind: owner.kind, ...of };
    await this.audit.record({ action: 'calendar_feed.opened', subjectId: feed.id, details });
    return this.addresses.of(feed, token);
  }
}

const fields = { school: null, teacher: 'teacherId', student: 'studentId', vehicle: 'vehicleId' } as const;

/** @throws WhoseCalendar */
function ownerMeant({ kind, ...given }: OpenFeedCommand, { teacherId, studentIds }: FeedReader): CalendarOwner {
  const field = fields[kind];
  for (const other of Object.values(fields)) {
    if (other && other !== field && given[other] !== undefined) throw new WhoseCalendar(other);
  }
  if (kind === 'school' || field === null) return { kind: 'school' };
  const own = { teacher: teacherId, student: studentIds.length === 1 ? studentIds[0] : null, vehicle: null };
  const id = given[field] ?? own[kind];
  if (!id) throw new WhoseCalendar(field);
  return { kind, id };
}

/** Another student does not exist for whoever is no staff. */
function refusal({ kind }: CalendarOwner): CalendarNotYours | StudentNotFound {
  return kind === 'student' ? new StudentNotFound() : new CalendarNotYours();
}
