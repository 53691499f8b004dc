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

const towedBy: Partial<Record<LicenceClass, LicenceClass>> = {
  B96: 'B',
  BE: 'B',
  C1E: 'C1',
  CE: 'C',
  D1E: 'D1',
  DE: 'D',
};

/** The class of the vehicle that is driven: of those with a trailer what tows it. */
export function drivenClassOf(licenceClass: LicenceClass): LicenceClass {
  return towedBy[licenceClass] ?? licenceClass;
}
