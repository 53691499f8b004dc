import { OmitType } from '@nestjs/swagger';
import {
  RatingDto,
  type TaughtLanguage,
  taughtLanguages,
  licenceClasses,
  type LicenceClass,
} from '../../../modules/schools/index.js';
import { LeadConsentDto, type LeadState, leadStates, mostMessage } from '../../../modules/students/index.js';
import {
  BoolField,
  EmailField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  PhoneField,
  TextField,
} from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';

export class ListedProfileDto {
  @TextField({ description: 'In Danish.', example: 'Små hold og rolige lærere.', nullable: true })
  da: string | null;

  @TextField({ description: 'In English.', example: 'Small classes and calm teachers.', nullable: true })
  en: string | null;
}

export class ListedBranchDto {
  @IdField({ description: 'Id of the branch.' })
  id: Id;

  @TextField({ description: 'What it is called.', example: 'Nordhavn' })
  name: string;

  @TextField({ description: 'Street and number.', example: 'Århusgade 88', nullable: true })
  addressLine: string | null;

  @TextField({ description: 'Postal code.', example: '2150', nullable: true })
  postcode: string | null;

  @TextField({ description: 'City.', example: 'Nordhavn', nullable: true })
  city: string | null;
}

export class ListedPriceDto {
  @IdField({ description: 'Id of what is sold; a new version of a package is another one.' })
  id: Id;

  @EnumField(['product', 'package'], {
    description: 'A single thing, or several together (lovpakke).',
    example: 'package',
  })
  kind: 'product' | 'package';

  @TextField({ description: 'What it is called.', example: 'Lovpakke B' })
  name: string;

  @MoneyField({ description: 'What it costs today, VAT included.', example: { amount: 1_450_000, currency: 'DKK' } })
  gross: MoneyDto;
}

export class ListedSchoolDto {
  @IdField({ description: 'Id of the school.' })
  id: Id;

  @TextField({ description: 'What it is called.', example: 'Nordhavn Køreskole' })
  name: string;

  @TextField({ description: 'Where one writes to.', example: 'hej@nordhavn.example' })
  email: string;

  @TextField({ description: 'Where one calls.', example: '+4533112233' })
  phone: string;

  @TextField({ description: 'Street and number.', example: 'Århusgade 88' })
  addressLine: string;

  @TextField({ description: 'Postal code.', example: '2150' })
  postcode: string;

  @TextField({ description: 'City.', example: 'Nordhavn' })
  city: string;

  @NestedField(() => ListedProfileDto, { description: 'What it says of itself.' })
  profile: ListedProfileDto;

  @EnumListField(taughtLanguages, { description: 'In which languages it teaches.', example: ['da', 'en'] })
  languages: TaughtLanguage[];

  @EnumListField(licenceClasses, { description: 'For which licences.', example: ['B', 'BE'] })
  licenceClasses: LicenceClass[];

  @TextField({ description: 'Its own site.', example: 'https://nordhavn.example', nullable: true })
  website: string | null;

  @NestedField(() => RatingDto, { description: 'What its students think, where it says so.', nullable: true })
  rating: RatingDto | null;

  @BoolField({ description: 'Whether it has a logo to be read.', example: true })
  hasLogo: boolean;

  @ListField(() => ListedBranchDto, { description: 'Where it teaches.' })
  branches: ListedBranchDto[];

  @ListField(() => ListedPriceDto, { description: 'What it sells: packages, then single things, each by name.' })
  prices: ListedPriceDto[];
}

export class ListedSchoolsQuery extends PageQuery {}

export class ListingChangesQuery extends PageQuery {}

export class ListingChangeDto {
  @IdField({ description: 'Id of the school.' })
  schoolId: Id;

  @IntField({ description: 'Where the change stands; grows.', example: 412, min: 1, max: 2_147_483_647 })
  position: number;

  @BoolField({ description: 'False: it is not shown any more; forget it.', example: true })
  isListed: boolean;

  @InstantField({ description: 'When it changed.', example: '2026-12-01T09:00:00Z' })
  changedAt: Date;
}

export class ListingChangesDto {
  @ListField(() => ListingChangeDto, { description: 'Each school once, at its last change, oldest first.' })
  changes: ListingChangeDto[];

  @TextField({ description: 'Where to go on, now or later.', example: 'eyJwb3NpdGlvbiI6NDEyfQ' })
  cursor: string;

  @BoolField({ description: 'Whether there are more already.', example: false })
  hasMore: boolean;
}

export class NextFreeTimeDto {
  @EnumField(licenceClasses, { description: 'For which licence.', example: 'B' })
  licenceClass: LicenceClass;

  @TextField({ description: 'What kind of lesson.', example: 'Kørelektion' })
  lessonType: string;

  @InstantField({ description: 'When it could begin.', example: '2026-12-01T09:00:00Z' })
  startsAt: Date;

  @InstantField({ description: 'When it would end.', example: '2026-12-01T09:45:00Z' })
  endsAt: Date;

  @IdField({ description: 'Where.', nullable: true })
  locationId: Id | null;
}

export class NextFreeTimesDto {
  @InstantField({ description: 'As of when; some minutes ago at most.', example: '2026-12-01T08:00:00Z' })
  asOf: Date;

  @ListField(() => NextFreeTimeDto, { description: 'Some of each kind, by time.' })
  times: NextFreeTimeDto[];
}

export class PartnerRegistrationDto {
  @TextField({ description: 'Your own id of it: sent again, it is the same.', example: 'fk-2026-000412', max: 100 })
  id: string;

  @IdField({ description: 'The school that is meant.' })
  schoolId: Id;

  @IdField({ description: 'The branch that is meant.', optional: true, nullable: true })
  branchId?: Id | null;

  @TextField({ description: 'Full name.', example: 'Freja Lund', max: 120 })
  name: string;

  @EmailField({ description: 'E-mail address.', example: 'freja@example.com' })
  email: string;

  @PhoneField({ description: 'Mobile number.', example: '+4520123458', optional: true, nullable: true })
  phone?: string | null;

  @LocalDateField({ description: 'Date of birth.', example: '2009-03-14', optional: true, nullable: true })
  birthDate?: string | null;

  @EnumField(licenceClasses, { description: 'The category.', example: 'B' })
  licenceClass: LicenceClass;

  @TextField({
    description: 'What the person wants to say.',
    example: 'Jeg vil gerne begynde i januar.',
    max: mostMessage,
    optional: true,
    nullable: true,
  })
  message?: string | null;

  @NestedField(() => LeadConsentDto, { description: 'What the person agreed to when it was sent.' })
  consent: LeadConsentDto;
}

export class PartnerLeadDto extends OmitType(PartnerRegistrationDto, ['email', 'licenceClass', 'birthDate']) {
  @EmailField({
    description: 'E-mail address; needed where there is no number.',
    example: 'freja@example.com',
    optional: true,
    nullable: true,
  })
  email?: string | null;

  @EnumField(licenceClasses, { description: 'The category.', example: 'B', optional: true, nullable: true })
  licenceClass?: LicenceClass | null;
}

export class LeadReceiptDto {
  @TextField({ description: 'Your own id of it.', example: 'fk-2026-000412' })
  id: string;

  @IdField({ description: 'Our id of it.' })
  leadId: Id;

  @EnumField(leadStates, { description: 'How it stands.', example: 'new' })
  state: LeadState;

  @IntField({ description: 'Grows with each state.', example: 1, min: 1, max: 2_147_483_647 })
  revision: number;

  @InstantField({ description: 'When it was received.', example: '2026-12-01T09:00:00Z' })
  receivedAt: Date;
}
