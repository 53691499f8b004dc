import { describe, expect, it } from '@jest/globals';
import { type ListingDetails, SchoolListing, splitList } from './school-listing.js';
import { WebsiteNotAllowed } from './listing-problems.js';

const details: ListingDetails = {
  directories: ['findkoreskole'],
  eventDirectories: ['findkoreskole'],
  profileDa: 'Hej',
  profileEn: null,
  languages: ['en', 'da', 'en'],
  licenceClasses: ['BE', 'A', 'B'],
  branchIds: [],
  website: 'https://nordhavn.example/priser?x=1',
  rating: { tenths: 46, count: 12, source: 'Trustpilot' },
};

describe('a listing', () => {
  it('keeps each word once, in one order', () => {
    const listing = new SchoolListing();
    listing.change(details, new Date(0));
    expect(listing).toMatchObject({ languageList: 'da,en', classList: 'A,B,BE', ratingTenths: 46 });
    expect(listing.eventDirectoryList).toBe('findkoreskole');
    listing.change({ ...details, directories: [] }, new Date(0));
    expect(listing.eventDirectoryList).toBe('');
    listing.change(details, new Date(0));
    expect([splitList(listing.directoryList), splitList('')]).toEqual([['findkoreskole'], []]);
  });

  it.each(['javascript:alert(1)', 'ftp://nordhavn.example', 'https://a:b@nordhavn.example', 'nordhavn.dk', 'https://'])(
    'leads to no %s',
    (website) => {
      expect(() => new SchoolListing().change({ ...details, website }, new Date(0))).toThrow(WebsiteNotAllowed);
    },
  );
});
