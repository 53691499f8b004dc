import type {
  AddTeacherInput,
  CreateSchoolInput,
  LessonTypeDetails,
  VehicleDetails,
} from '../modules/schools/index.js';
import type { EnrolStudentInput, StudentStatus } from '../modules/students/index.js';
import { demoStudentNames } from './demo-names.js';

export const demoSchool: CreateSchoolInput = {
  slug: 'nordhavn',
  name: 'Nordhavn Køreskole',
  cvr: '12345674',
  email: 'hej@nordhavn.example',
  phone: '+4533112233',
  addressLine: 'Århusgade 88',
  postcode: '2150',
  city: 'Nordhavn',
  locale: 'da',
  lessonReminders: [1_440, 120],
  // None: the mailbox of the sandbox shows text messages at once, whatever the hour.
  quietFrom: '00:00',
  quietUntil: '00:00',
  owner: { email: 'owner@nordhavn.example', name: 'Mette Holm', phone: '+4520100001' },
};

const weekdays = [1, 2, 3, 4, 5];
const fullWeek = weekdays.map((weekday) => ({ weekday, starts: '08:00', ends: '16:30' }));

export const demoTeachers: readonly AddTeacherInput[] = [
  {
    name: 'Lars Østergaard',
    email: 'teacher@nordhavn.example',
    phone: '+4520100002',
    licenceClasses: ['B', 'BE'],
    workingHours: fullWeek,
  },
  {
    name: 'Camilla Friis',
    email: 'camilla@nordhavn.example',
    phone: '+4520100003',
    licenceClasses: ['B'],
    workingHours: fullWeek,
  },
  {
    name: 'Åse Mikkelsen',
    email: 'aase@nordhavn.example',
    phone: '+4520100004',
    licenceClasses: ['B', 'A'],
    workingHours: fullWeek,
  },
];

export const demoVehicles: readonly VehicleDetails[] = [
  { name: 'Golf, blå', plate: 'CR 41 207', licenceClass: 'B', gearbox: 'manual' },
  { name: 'Golf, hvid', plate: 'CR 41 208', licenceClass: 'B', gearbox: 'manual' },
  { name: 'Polo', plate: 'DA 20 515', licenceClass: 'B', gearbox: 'manual' },
  { name: 'ID.3, automatgear', plate: 'EC 73 940', licenceClass: 'B', gearbox: 'automatic' },
  { name: 'Trailer 1300 kg', plate: 'EK 91 36', licenceClass: 'BE', kind: 'trailer' },
];

const inKroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

const lesson: LessonTypeDetails = {
  name: 'Kørelektion, kategori B',
  minutes: 45,
  price: inKroner(650),
  vatRateBp: 2500,
  needsVehicle: true,
  licenceClass: 'B',
  setupMinutes: 0,
  bufferMinutes: 15,
  cancelNoticeHours: 24,
  cancelFee: inKroner(325),
  bookableByStudents: true,
};

/** The track is paid for days before. */
const manoeuvringTrackCancellation: Pick<LessonTypeDetails, 'cancellation' | 'cancelNoticeHours' | 'cancelFee'> = {
  cancelNoticeHours: null,
  cancelFee: null,
  cancellation: {
    steps: [
      { clock: 'working_days_before', before: 3, time: '12:00', fee: { amount: null, percent: 50 } },
      { clock: 'wall_clock', before: 0, time: '07:00', fee: { amount: null, percent: 100 } },
    ],
    noShow: { amount: null, percent: 100 },
  },
};

/** The diary uses the first two. */
export const demoLessonTypes: readonly LessonTypeDetails[] = [
  lesson,
  { ...lesson, name: 'Dobbeltlektion, kategori B', minutes: 90, price: inKroner(1250), cancelFee: inKroner(625) },
  {
    ...lesson,
    name: 'Manøvrebane',
    minutes: 180,
    price: inKroner(1800),
    facilityKind: 'track',
    ...manoeuvringTrackCancellation,
    bookableByStudents: false,
  },
  {
    ...lesson,
    name: 'Førstehjælp',
    minutes: 240,
    price: inKroner(700),
    vatRateBp: 0,
    needsVehicle: false,
    bookableByStudents: false,
  },
  {
    ...lesson,
    name: 'Kørelektion med trailer, kategori BE',
    minutes: 90,
    price: inKroner(1500),
    cancelFee: inKroner(750),
    licenceClass: 'BE',
    vehicleClass: 'B',
    needsTrailer: true,
    bookableByStudents: false,
  },
];

/** The first one has a login. */
export const demoStudents: readonly EnrolStudentInput[] = demoStudentNames.map((name, index) => ({
  name,
  email: index === 0 ? 'student@nordhavn.example' : `elev${index}@nordhavn.example`,
  phone: `+452020${String(1000 + index)}`,
  birthDate: `${2006 + (index % 4)}-${twoDigits(1 + (index % 12))}-${twoDigits(1 + ((index * 7) % 28))}`,
  licenceClass: 'B',
  addressLine: `Sundkrogsgade ${3 + index}`,
  postcode: '2150',
  city: 'Nordhavn',
}));

/** Students at the end of the list who do not book any more. */
export const demoStatuses: ReadonlyMap<number, StudentStatus> = new Map([
  [36, 'paused'],
  [37, 'paused'],
  [38, 'completed'],
  [39, 'left'],
]);

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
