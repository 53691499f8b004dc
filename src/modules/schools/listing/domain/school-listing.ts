import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import type { PartnerName } from '../../../identity/index.js';
import { type LicenceClass, licenceClasses } from '../../domain/licence-class.js';
import { WebsiteNotAllowed } from './listing-problems.js';

/** In which a school teaches, by ISO 639-1. */
export const taughtLanguages = [
  'da',
  'en',
  'de',
  'sv',
  'no',
  'pl',
  'uk',
  'ar',
  'tr',
  'fa',
  'so',
  'ur',
  'es',
  'fr',
] as const;
export type TaughtLanguage = (typeof taughtLanguages)[number];

export const longestProfile = 4_000;

export const SchoolListingSchema = defineEntity({
  name: 'SchoolListing',
  tableName: 'school_listings',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    /** Partners' names, comma-separated; empty: the school is listed nowhere. */
    directoryList: text(200).fieldName('directories'),
    /** Of those, who may hear of what happens in the school; comma-separated as the next ones. */
    eventDirectoryList: text(200).fieldName('event_directories').default(''),
    profileDa: text(longestProfile).nullable(),
    profileEn: text(longestProfile).nullable(),
    languageList: text(100).fieldName('languages'),
    classList: text(120).fieldName('licence_classes'),
    website: text(300).nullable(),
    /** Of the average: 46 is 4.6 out of 5. */
    ratingTenths: int().nullable(),
    ratingCount: int().nullable(),
    ratingSource: text(120).nullable(),
    updatedAt: instant(),
  },
});

export const ListingBranchSchema = defineEntity({
  name: 'ListingBranch',
  tableName: 'listing_branches',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    locationId: id().primary(),
  },
});

/** What changed of a school in a directory, the last time: one row each, whose position moves on. */
export const ListingChangeSchema = defineEntity({
  name: 'ListingChange',
  tableName: 'listing_changes',
  ...schoolScoped,
  uniques: [{ name: 'listing_changes_position', properties: ['directory', 'position'] }],
  indexes: [{ name: 'listing_changes_school', properties: ['schoolId'] }],
  properties: {
    directory: code<PartnerName>().primary(),
    schoolId: id().primary(),
    /** Grows with each change in the directory, in the order in which they are committed. */
    position: int(),
    /** Up to which change the directory has been told. */
    announcedPosition: int(),
    changedAt: instant(),
  },
});

/** The last position of each directory; whoever takes the next one keeps it until he commits. */
export const ListingPositionSchema = defineEntity({
  name: 'ListingPosition',
  tableName: 'listing_positions',
  properties: {
    directory: code<PartnerName>().primary(),
    position: int(),
  },
});

export interface Rating {
  /** Tenths: 46 is 4.6 out of 5. */
  readonly tenths: number;
  readonly count: number;
  /** Who gathered it. */
  readonly source: string;
}

export interface ListingDetails {
  readonly directories: readonly PartnerName[];
  /** Of those, who may hear by webhooks of lessons, exams, invoices and so on: ids, and nobody's name. None when left out. */
  readonly eventDirectories?: readonly PartnerName[];
  readonly profileDa: string | null;
  readonly profileEn: string | null;
  readonly languages: readonly TaughtLanguage[];
  readonly licenceClasses: readonly LicenceClass[];
  readonly branchIds: readonly Id[];
  readonly website: string | null;
  readonly rating: Rating | null;
}

/** How a school shows itself in public directories, and in which. */
export class SchoolListing extends SchoolListingSchema.class {
  /** @throws WebsiteNotAllowed */
  change({ languages, licenceClasses: classes, rating, ...details }: ListingDetails, at: Date): void {
    const { directories, eventDirectories = [], profileDa, profileEn, website } = details;
    if (website !== null && !isWebsite(website)) throw new WebsiteNotAllowed();
    Object.assign(this, { profileDa, profileEn, website, updatedAt: at });
    this.directoryList = [...new Set(directories)].sort().join(',');
    this.eventDirectoryList = [...new Set(eventDirectories)]
      .filter((each) => directories.includes(each))
      .sort()
      .join(',');
    this.languageList = taughtLanguages.filter((each) => languages.includes(each)).join(',');
    this.classList = licenceClasses.filter((each) => classes.includes(each)).join(',');
    this.ratingTenths = rating?.tenths ?? null;
    this.ratingCount = rating?.count ?? null;
    this.ratingSource = rating?.source ?? null;
  }
}
SchoolListingSchema.setClass(SchoolListing);

export function splitList<Word extends string>(list: string): Word[] {
  return list === '' ? [] : (list.split(',') as Word[]);
}

function isWebsite(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password;
}
