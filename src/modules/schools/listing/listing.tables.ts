import type { Tables } from '../../../platform/database/query.js';
import type { LessonTypeSchema } from '../domain/lesson-type.js';
import type { LocationSchema } from '../domain/location.js';
import type { SchoolSchema } from '../domain/school.js';
import type { SchoolLogoSchema } from '../logo/domain/school-logo.js';
import type {
  ListingBranchSchema,
  ListingChangeSchema,
  ListingPositionSchema,
  SchoolListingSchema,
} from './domain/school-listing.js';

export type ListingTables = Tables<
  | typeof ListingBranchSchema
  | typeof ListingChangeSchema
  | typeof ListingPositionSchema
  | typeof SchoolListingSchema
  | typeof SchoolSchema
  | typeof SchoolLogoSchema
  | typeof LocationSchema
  | typeof LessonTypeSchema
>;
