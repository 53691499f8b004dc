/** The categories of the Danish driving licence that schools teach. */
export const licenceClasses = [
  'AM',
  'A1',
  'A2',
  'A',
  'B',
  'B96',
  'BE',
  'C1',
  'C1E',
  'C',
  'CE',
  'D1',
  'D1E',
  'D',
  'DE',
  'T',
] as const;
export type LicenceClass = (typeof licenceClasses)[number];
