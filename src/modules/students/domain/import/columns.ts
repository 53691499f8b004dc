/** What a column of the list may hold. Given and family name become one. */
export const importFields = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'birthDate',
  'licenceClass',
  'addressLine',
  'postcode',
  'city',
] as const;
export type ImportField = (typeof importFields)[number];

/** Headings as people write them, in both languages, without case, blanks and punctuation. */
const headings: Record<ImportField, readonly string[]> = {
  name: ['name', 'fullname', 'student', 'studentname', 'navn', 'fuldenavn', 'fuldtnavn', 'elev', 'elevnavn'],
  firstName: ['firstname', 'firstnames', 'givenname', 'forename', 'fornavn', 'fornavne'],
  lastName: ['lastname', 'surname', 'familyname', 'efternavn', 'efternavne'],
  email: ['email', 'emailaddress', 'mail', 'mailaddress', 'emailadresse', 'mailadresse'],
  phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'mobilenumber', 'cell', 'telephone'].concat([
    'telefon',
    'telefonnummer',
    'telefonnr',
    'tlf',
    'tlfnr',
    'mobil',
    'mobilnummer',
    'mobilnr',
    'mobiltelefon',
  ]),
  birthDate: ['birthdate', 'dateofbirth', 'dob', 'born', 'birthday', 'fødselsdato', 'fødselsdag', 'fødtden', 'født'],
  licenceClass: ['licenceclass', 'licenseclass', 'licencecategory', 'licensecategory', 'category', 'class'].concat([
    'kategori',
    'kørekortkategori',
    'kørekort',
    'klasse',
    'kørekorttype',
  ]),
  addressLine: [
    'address',
    'addressline',
    'street',
    'streetaddress',
    'adresse',
    'vej',
    'gade',
    'gadeadresse',
    'vejnavn',
  ],
  postcode: ['postcode', 'postalcode', 'zip', 'zipcode', 'postnr', 'postnummer'],
  city: ['city', 'town', 'by', 'bynavn', 'postdistrikt'],
};

const fieldOf = new Map(importFields.flatMap((field) => headings[field].map((heading) => [heading, field] as const)));

/** Which column holds what: null for one that means nothing to us, or that comes a second time. */
export function recognised(headingRow: readonly string[]): (ImportField | null)[] {
  const seen = new Set<ImportField>();
  return headingRow.map((heading) => {
    const field = fieldOf.get(heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
    if (!field || seen.has(field)) return null;
    seen.add(field);
    return field;
  });
}

/** The columns that no list can do without. */
export function missingColumns(fields: readonly (ImportField | null)[]): string[] {
  const hasName = fields.includes('name') || (fields.includes('firstName') && fields.includes('lastName'));
  return [...(hasName ? [] : ['name']), ...(fields.includes('email') ? [] : ['email'])];
}
