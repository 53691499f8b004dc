import type { LessonTypeDetails } from '../domain/lesson-type-rules.js';
import type { VehicleDetails } from '../domain/vehicle.js';
import type { AddTeacherInput } from '../use-cases/add-teacher.js';
import type { CreateSchoolInput } from '../use-cases/create-school.js';

/** A school that may be opened; the slug makes it one of its own. */
export function schoolInput(slug: string, overrides: Partial<CreateSchoolInput> = {}): CreateSchoolInput {
  return {
    slug,
    name: `Køreskolen ${slug}`,
    cvr: '12345674',
    email: `hej@${slug}.example`,
    phone: '+4533112233',
    addressLine: 'Århusgade 88',
    postcode: '2150',
    city: 'Nordhavn',
    locale: 'da',
    // None: what a test sees must not depend on the hour it runs at.
    quietFrom: '00:00',
    quietUntil: '00:00',
    owner: { email: `owner@${slug}.example`, name: 'Mette Holm' },
    ...overrides,
  };
}

/** A teacher of category B, Monday to Friday from 8 to 16. */
export function teacherInput(email: string, overrides: Partial<AddTeacherInput> = {}): AddTeacherInput {
  return {
    name: 'Lars Holm',
    email,
    licenceClasses: ['B'],
    workingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '16:00' })),
    ...overrides,
  };
}

export function vehicleInput(plate: string, overrides: Partial<VehicleDetails> = {}): VehicleDetails {
  return { name: 'Golf', plate, licenceClass: 'B', gearbox: 'manual', ...overrides };
}

/** 45 minutes for 650 kr., 24 hours' notice, 300 kr. for less. */
export function lessonTypeInput(overrides: Partial<LessonTypeDetails> = {}): LessonTypeDetails {
  return {
    name: 'Kørelektion B',
    minutes: 45,
    price: { amount: 65_000, currency: 'DKK' },
    vatRateBp: 2500,
    needsVehicle: true,
    licenceClass: 'B',
    setupMinutes: 0,
    bufferMinutes: 0,
    cancelNoticeHours: 24,
    cancelFee: { amount: 30_000, currency: 'DKK' },
    bookableByStudents: true,
    ...overrides,
  };
}
