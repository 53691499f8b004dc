import {
  EnumListField,
  IdListField,
  InstantField,
  IntField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import type { Id } from '../../../../platform/values/id.js';
import { type PartnerName, partnerNames } from '../../../identity/index.js';
import { type LicenceClass, licenceClasses } from '../../domain/licence-class.js';
import { longestProfile, type TaughtLanguage, taughtLanguages } from '../domain/school-listing.js';

export class RatingDto {
  @IntField({ description: 'The average out of 5, in tenths: 46 is 4.6.', example: 46, min: 10, max: 50 })
  tenths: number;

  @IntField({ description: 'How many gave one.', example: 128, min: 1, max: 10_000_000 })
  count: number;

  @TextField({ description: 'Who gathered it.', example: 'Trustpilot', max: 120 })
  source: string;
}

export class SetListingDto {
  @EnumListField(partnerNames, {
    description: 'In which directories the school is shown; in none: empty.',
    example: ['findkoreskole'],
    maxItems: 20,
  })
  directories: PartnerName[];

  @EnumListField(partnerNames, {
    description:
      'Which of them may hear by webhooks of lessons, exams, invoices and so on: ids, and nobody’s name. Left out: none.',
    example: [],
    maxItems: 20,
    optional: true,
  })
  eventDirectories?: PartnerName[];

  @TextField({
    description: 'About the school, in Danish.',
    example: 'Små hold og rolige lærere midt i Nordhavn.',
    max: longestProfile,
    nullable: true,
  })
  profileDa: string | null;

  @TextField({
    description: 'The same in English.',
    example: 'Small classes and calm teachers in the middle of Nordhavn.',
    max: longestProfile,
    nullable: true,
  })
  profileEn: string | null;

  @EnumListField(taughtLanguages, { description: 'In which languages it teaches.', example: ['da', 'en'] })
  languages: TaughtLanguage[];

  @EnumListField(licenceClasses, { description: 'For which licences it teaches.', example: ['B', 'BE'] })
  licenceClasses: LicenceClass[];

  @IdListField({ description: 'Which of its locations are shown.', maxItems: 100 })
  branchIds: Id[];

  @TextField({ description: 'Its own site.', example: 'https://nordhavn.example', max: 300, nullable: true })
  website: string | null;

  @NestedField(() => RatingDto, { description: 'What its students think, where somebody gathers it.', nullable: true })
  rating: RatingDto | null;
}

export class ListingDto extends SetListingDto {
  @InstantField({ description: 'When it was last set.', example: '2026-12-01T09:00:00Z', nullable: true })
  updatedAt: Date | null;
}
