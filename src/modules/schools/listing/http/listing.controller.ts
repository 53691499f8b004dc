import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { UnknownLocation } from '../../domain/school-problems.js';
import { WebsiteNotAllowed } from '../domain/listing-problems.js';
import { ListingReader, type ListingView } from '../queries/listing-reader.js';
import { SetListing } from '../use-cases/set-listing.js';
import { ListingDto, SetListingDto } from './listing.dto.js';

@Controller('v1/schools/:schoolId/listing')
@ApiTags('Listing')
export class ListingController {
  constructor(
    private readonly setListing: SetListing,
    private readonly listing: ListingReader,
  ) {}

  @Get()
  @Requires('listing.read')
  @Operation({
    id: 'getListing',
    summary: 'See how the school shows itself in directories',
    description: 'A school is listed nowhere until it says so.',
    ok: ListingDto,
  })
  get(@IdParam('schoolId') _schoolId: Id): Promise<ListingView> {
    return this.listing.own();
  }

  @Put()
  @Conditional()
  @Requires('listing.manage')
  @Operation({
    id: 'setListing',
    summary: 'Say how the school shows itself in directories, and in which',
    description:
      'Directories show this, the school’s name, address and logo, its price list and its next free times, without anybody’s name. ' +
      'Each is told of every change; one that is left is told to forget the school.',
    ok: ListingDto,
    problems: [WebsiteNotAllowed, new UnknownLocation('branchIds')],
  })
  set(@IdParam('schoolId') _schoolId: Id, @Body() body: SetListingDto): Promise<ListingView> {
    return this.setListing.execute(body);
  }
}
