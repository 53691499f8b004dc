/** How a school shows itself in findkoreskole.dk, without its branches. */
export const listing = {
  directories: ['findkoreskole'],
  profileDa: 'Hej',
  profileEn: null,
  languages: ['da'],
  licenceClasses: ['B'],
  website: null,
  rating: null,
};
