import { Controller, Get, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PartnerName, Requires } from '../../../modules/identity/index.js';
import {
  type ChangesSince,
  ListedSchoolNotFound,
  Listings,
  LogoNotFound,
  SchoolLogos,
  sendLogo,
} from '../../../modules/schools/index.js';
import { CurrentPartner, type Partner } from '../../../platform/auth/actor.js';
import { FileStoreUnavailable } from '../../../platform/files/file-problems.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import type { FreeTimesAsOf } from '../cached-free-times.js';
import { type DirectorySchool, DirectorySchools } from '../directory-schools.js';
import {
  ListedSchoolDto,
  ListedSchoolsQuery,
  ListingChangesDto,
  ListingChangesQuery,
  NextFreeTimesDto,
} from './partner.dto.js';

const reading = { name: 'partner-reads', points: 600, seconds: 60, by: 'caller' } as const;

@Controller('partner/v1')
@ApiTags('Partner API')
export class PartnerSchoolsController {
  constructor(
    private readonly schools: DirectorySchools,
    private readonly listings: Listings,
    private readonly logos: SchoolLogos,
  ) {}

  @Get('schools')
  @Requires('directory.read')
  @RateLimit(reading)
  @Operation({
    id: 'listListedSchools',
    summary: 'List the schools that chose to be shown',
    description: 'With what they say of themselves, branches and prices. To follow what changes, read the changes.',
    ok: PageOf(ListedSchoolDto),
  })
  list(@CurrentPartner() partner: Partner, @Query() query: ListedSchoolsQuery): Promise<Page<DirectorySchool>> {
    return this.schools.page(partner.name as PartnerName, query);
  }

  @Get('changes')
  @Requires('directory.read')
  @RateLimit(reading)
  @Operation({
    id: 'listListingChanges',
    summary: 'Read what has changed since a cursor',
    description:
      'Without a cursor all there ever was. Keep the cursor of the answer: nothing that changes later is skipped.',
    ok: ListingChangesDto,
  })
  changes(@CurrentPartner() partner: Partner, @Query() query: ListingChangesQuery): Promise<ChangesSince> {
    return this.listings.changes(partner.name as PartnerName, query);
  }

  @Get('schools/:listedSchoolId')
  @Requires('directory.read')
  @RateLimit(reading)
  @Operation({
    id: 'getListedSchool',
    summary: 'Read one school',
    description: 'Of those that chose to be shown; no other exists.',
    ok: ListedSchoolDto,
    problems: [ListedSchoolNotFound],
  })
  get(@CurrentPartner() partner: Partner, @IdParam('listedSchoolId') schoolId: Id): Promise<DirectorySchool> {
    return this.schools.get(partner.name as PartnerName, schoolId);
  }

  @Get('schools/:listedSchoolId/free-times')
  @Requires('directory.read')
  @RateLimit({ ...reading, name: 'partner-free-times' })
  @Operation({
    id: 'listNextFreeTimes',
    summary: 'Read a school’s next free times',
    description:
      'Some of each kind of lesson that students book, by the school’s rules for them. Kept for some minutes.',
    ok: NextFreeTimesDto,
    problems: [ListedSchoolNotFound],
  })
  freeTimes(@CurrentPartner() partner: Partner, @IdParam('listedSchoolId') schoolId: Id): Promise<FreeTimesAsOf> {
    return this.schools.nextFreeTimes(partner.name as PartnerName, schoolId);
  }

  @Get('schools/:listedSchoolId/logo')
  @Requires('directory.read')
  @RateLimit(reading)
  @ApiResponse({ status: 304, description: 'Not Modified: what `If-None-Match` names is still what there is.' })
  @Operation({
    id: 'getListedLogo',
    summary: 'Read a school’s logo',
    description: 'The image itself. It has an ETag: whoever has it already is answered 304.',
    file: ['image/png', 'image/jpeg'],
    problems: [ListedSchoolNotFound, LogoNotFound, FileStoreUnavailable],
  })
  logo(
    @CurrentPartner() partner: Partner,
    @IdParam('listedSchoolId') schoolId: Id,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const send = () => sendLogo(this.logos, request, reply);
    return this.schools.within(partner.name as PartnerName, schoolId, send);
  }
}
