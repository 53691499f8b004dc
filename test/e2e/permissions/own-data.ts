/** The ids of a path that name a student, or something of one student's own. */
export const studentsRows = [
  'studentId',
  'bookingId',
  'invoiceId',
  'paymentId',
  'messageId',
  'guardianId',
  'documentId',
  'exportId',
];

/**
 * What each operation that students or guardians may use shows of other students. `row`: another student's is a 404. `list`: it
 * holds his own alone. `named`: a student named in the body or query is one of his own. Otherwise: why there is nothing to hide.
 */
export const ownData: Readonly<Record<string, 'row' | 'list' | 'named' | { readonly nothing: string }>> = {
  // schools
  getSchool: { nothing: 'the school itself' },
  listTeachers: { nothing: 'the school’s teachers, without their addresses' },
  getTeacher: { nothing: 'a teacher of the school, without his address' },
  listLessonTypes: { nothing: 'the school’s prices' },
  getLessonType: { nothing: 'the school’s prices' },

  // students
  getMyStudent: { nothing: 'takes no id: it is the caller himself' },
  listWards: 'list',
  getStudent: 'row',
  listGuardians: 'row',
  listDocuments: 'row',
  uploadDocument: 'row',
  openDocument: 'row',
  requestDataExport: 'row',
  getDataExport: 'row',
  openDataExport: 'row',

  // finance
  getStudentAccount: 'row',
  listCharges: 'list',
  listInvoices: 'list',
  getInvoice: 'row',
  getInvoicePdf: 'row',
  createCheckout: 'row',
  listPayments: 'list',
  getPayment: 'row',

  // bookings
  findFreeTimes: 'named',
  bookLesson: 'named',
  listBookings: 'list',
  getBooking: 'row',
  previewCancellation: 'row',
  rescheduleBooking: 'row',
  cancelBooking: 'row',

  // notifications
  listMessages: 'list',
  getMessage: 'row',
};

/** What is open to everybody; the reasons stand at the routes. */
export const openOperations = [
  'getLiveness',
  'getReadiness',
  'getMetrics',
  'receiveWebhook',
  'downloadFile',
  'logIn',
  'refreshSession',
  'logOut',
  'acceptInvitation',
  'requestPasswordReset',
  'completePasswordReset',
];
