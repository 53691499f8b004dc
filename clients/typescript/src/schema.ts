// Made from openapi.json by `node scripts/check-client.mjs --write`; do not edit.
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does the process run? */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does the process want traffic, and can it serve it? */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the first password with the link of an invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail and password */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session
         * @description Its access tokens stop working at once. An unknown token ends nothing and is no problem.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a link to set a new password
         * @description Answers the same whether the address is known or not.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-resets/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the link of a reset
         * @description Ends every session of the account.
         */
        post: operations["completePasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the refresh token for a new pair of tokens
         * @description Each refresh token works once. One that comes a second time ends the whole session, for it may have been stolen.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I, and in which schools? */
        get: operations["getMyAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the platform’s schools, by name */
        get: operations["listSchools"];
        put?: never;
        /**
         * Open a school
         * @description Makes the school and invites its owner by e-mail.
         */
        post: operations["createSchool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read a school */
        get: operations["getSchool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a school
         * @description Fields left out stay as they are. Invoices issued before keep the name and address they were issued with.
         */
        patch: operations["updateSchool"];
        trace?: never;
    };
    "/v1/schools/{schoolId}/accounting/journal.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Download a day’s general journal
         * @description Semicolon-separated UTF-8 text: date, voucher, account, text, debit, credit, VAT code. It balances to zero.
         */
        get: operations["downloadJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read the diary
         * @description Lessons in order of time: for staff the school’s, for students their own.
         */
        get: operations["listBookings"];
        put?: never;
        /**
         * Book a lesson
         * @description When somebody was faster, `booking.slot_taken` says in `busy` whether teacher, student or vehicle is taken, and offers three `alternatives`.
         */
        post: operations["bookLesson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read one booking */
        get: operations["getBooking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a lesson
         * @description Its charge goes; a student who cancels after `cancelBy` owes the late fee.
         */
        post: operations["cancelBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** See what cancelling now would cost */
        get: operations["previewCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a lesson took place
         * @description Its own teacher or the office, once it has begun.
         */
        post: operations["completeBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}/no-show": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that the student did not come
         * @description The lesson stays charged. Its own teacher or the office, once it has begun.
         */
        post: operations["markNoShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/bookings/{bookingId}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a lesson to another time, teacher or vehicle
         * @description Students move their own lessons while cancelling them would be free. When somebody was faster, `booking.slot_taken` says in `busy` whether teacher, student or vehicle is taken, and offers three `alternatives`.
         */
        post: operations["rescheduleBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/charges": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * List charges, newest first
         * @description A student sees his own alone.
         */
        get: operations["listCharges"];
        put?: never;
        /**
         * Charge a student by hand
         * @description Bookings charge by themselves. A charge is put on the student’s next invoice.
         */
        post: operations["createCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/finance-settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read how the school invoices */
        get: operations["getFinanceSettings"];
        /** Change how the school invoices */
        put: operations["updateFinanceSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/free-times": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Find times at which a lesson can be booked
         * @description Teacher, student and vehicle are all free then, setup and buffer included. Every quarter hour at which the lesson can start, soonest first.
         */
        get: operations["findFreeTimes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * List invoices and credit notes, newest first
         * @description A student sees his own alone.
         */
        get: operations["listInvoices"];
        put?: never;
        /**
         * Invoice a student’s open charges
         * @description The invoice gets its number and is sent; what it says never changes.
         */
        post: operations["issueInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/invoices/{invoiceId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read an invoice
         * @description A student sees his own alone.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/invoices/{invoiceId}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start paying an invoice
         * @description Answers where to pay. While that checkout is open, asking again answers the same.
         */
        post: operations["createCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/invoices/{invoiceId}/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Credit an invoice, in whole or by line
         * @description Issues a credit note in the same sequence. What was paid for those lines is the student’s credit afterwards.
         */
        post: operations["creditInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/invoices/{invoiceId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Download an invoice as PDF
         * @description A student sees his own alone.
         */
        get: operations["getInvoicePdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/lesson-types": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** List what the school sells, by name */
        get: operations["listLessonTypes"];
        put?: never;
        /** Add a lesson type */
        post: operations["addLessonType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/lesson-types/{lessonTypeId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read a lesson type */
        get: operations["getLessonType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a lesson type or stop selling it
         * @description Fields left out stay as they are. Lessons booked already keep their price and their rules.
         */
        patch: operations["updateLessonType"];
        trace?: never;
    };
    "/v1/schools/{schoolId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * The delivery log
         * @description E-mails and text messages, newest first, with what became of each. Staff see the school’s, everybody else his own.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** One message and what became of it */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * List payments, newest first
         * @description A student sees his own alone.
         */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read a payment and its refunds
         * @description A student sees his own alone.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/payments/{paymentId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a payment back, in whole or in part
         * @description The money goes back the way it came. The provider is asked at once; the refund’s state tells when it is done.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** List or search the school’s students, by name */
        get: operations["listStudents"];
        put?: never;
        /**
         * Enrol a student
         * @description Invites the student by e-mail to set a password.
         */
        post: operations["enrolStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read a student
         * @description A student reads himself alone.
         */
        get: operations["getStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a student
         * @description Fields left out stay as they are; null clears. The e-mail address is the student’s own to change.
         */
        patch: operations["updateStudent"];
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read what a student owes
         * @description Out of the ledger. A student sees his own alone.
         */
        get: operations["getStudentAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/me": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read the student you are at this school */
        get: operations["getMyStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/teachers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** List the school’s teachers, by name */
        get: operations["listTeachers"];
        put?: never;
        /**
         * Add a teacher
         * @description Invites the teacher by e-mail. Somebody who teaches at another school keeps his login and his one diary.
         */
        post: operations["addTeacher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/teachers/{teacherId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read a teacher */
        get: operations["getTeacher"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change or deactivate a teacher
         * @description Fields left out stay as they are. A deactivated teacher is not offered any more; lessons booked already stand.
         */
        patch: operations["updateTeacher"];
        trace?: never;
    };
    "/v1/schools/{schoolId}/teachers/{teacherId}/time-off": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * List a teacher’s time off, soonest first
         * @description The office manages everybody’s, a teacher his own.
         */
        get: operations["listTimeOff"];
        put?: never;
        /**
         * Take a teacher out of the diary for a while
         * @description Answers the booked lessons that fall into it. The office manages everybody’s, a teacher his own.
         */
        post: operations["addTimeOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/teachers/{teacherId}/time-off/{timeOffId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Put a teacher back into the diary
         * @description The office manages everybody’s, a teacher his own.
         */
        delete: operations["removeTimeOff"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/teachers/{teacherId}/working-hours": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /**
         * Read a teacher’s weekly hours
         * @description The office manages everybody’s, a teacher his own.
         */
        get: operations["getWorkingHours"];
        /**
         * Replace a teacher’s weekly hours from a date on
         * @description Answers the booked lessons that fall outside of them. The office manages everybody’s, a teacher his own.
         */
        put: operations["setWorkingHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/vehicles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** List the school’s vehicles, by name */
        get: operations["listVehicles"];
        put?: never;
        /** Add a vehicle */
        post: operations["addVehicle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/vehicles/{vehicleId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        /** Read a vehicle */
        get: operations["getVehicle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a vehicle or take it out of use
         * @description Fields left out stay as they are. Lessons booked with it stand.
         */
        patch: operations["updateVehicle"];
        trace?: never;
    };
    "/webhooks/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a message from a provider
         * @description Verified by the provider’s own signature, stored once, answered at once and acted on afterwards.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInvitationDto: {
            /**
             * Format: password
             * @description The new password; at least 12 characters, not your name or e-mail.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * Format: password
             * @description The token out of the invitation’s link.
             * @example mJx0y9V1h2m3c4b5a6Z7
             */
            token: string;
        };
        AccountDto: {
            /** @description What the person is in which school. */
            memberships: components["schemas"]["MembershipDto"][];
            /** @description The person. */
            user: components["schemas"]["UserDto"];
        };
        AddedTimeOffDto: {
            /** @description Booked lessons outside the teacher’s hours or inside his time off. They stand until somebody moves them. */
            orphanedBookings: components["schemas"]["OrphanedBookingDto"][];
            /** @description What was added. */
            timeOff: components["schemas"]["TimeOffDto"];
        };
        AddLessonTypeDto: {
            /**
             * @description Whether students may book it themselves.
             * @example true
             */
            bookableByStudents: boolean;
            /**
             * @description Busy minutes after the lesson: a multiple of 15.
             * @example 15
             */
            bufferMinutes: number;
            /**
             * @description Fee for cancelling too late, including VAT.
             * @example {
             *       "amount": 30000,
             *       "currency": "DKK"
             *     }
             */
            cancelFee: components["schemas"]["MoneyDto"];
            /**
             * @description Cancelling later than so many hours before costs the fee.
             * @example 24
             */
            cancelNoticeHours: number;
            /**
             * @description The licence category; decides which teachers and vehicles fit.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Length in minutes: a multiple of 15.
             * @example 45
             */
            minutes: number;
            /**
             * @description Name as on the invoice.
             * @example Kørelektion, kategori B
             */
            name: string;
            /**
             * @description Whether a vehicle is booked with it.
             * @example true
             */
            needsVehicle: boolean;
            /**
             * @description Price including VAT, in the school’s currency.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            price: components["schemas"]["MoneyDto"];
            /**
             * @description Busy minutes before the lesson: a multiple of 15.
             * @example 0
             */
            setupMinutes: number;
            /**
             * @description VAT rate in basis points: 2500 is 25 %, 0 is exempt.
             * @example 2500
             */
            vatRateBp: number;
        };
        AddTeacherDto: {
            /**
             * Format: email
             * @description Where the invitation goes; also the login.
             * @example lars@nordhavn.example
             */
            email: string;
            /**
             * @description Licence categories he teaches.
             * @example [
             *       "B"
             *     ]
             */
            licenceClasses: ("AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T")[];
            /**
             * @description Full name.
             * @example Lars Holm
             */
            name: string;
            /**
             * @description Mobile number, for messages about changes.
             * @example +4520123457
             */
            phone?: string | null;
            /** @description The weekly hours from today on. */
            workingHours: components["schemas"]["WeeklyHoursDto"][];
        };
        AddTimeOffDto: {
            /**
             * Format: date-time
             * @description End, after the start.
             * @example 2027-01-02T00:00:00+01:00
             */
            endsAt: string;
            /**
             * @description For colleagues in the office; students never see it.
             * @example Juleferie
             */
            reason?: string | null;
            /**
             * Format: date-time
             * @description Start.
             * @example 2026-12-23T07:00:00+01:00
             */
            startsAt: string;
        };
        AddVehicleDto: {
            /**
             * @description Gearbox.
             * @example manual
             * @enum {string}
             */
            gearbox: "manual" | "automatic";
            /**
             * @description The licence category it is taught in.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description What people call it.
             * @example Golf, blå
             */
            name: string;
            /**
             * @description Number plate; blanks and case do not matter.
             * @example AB 12 345
             */
            plate: string;
        };
        BookingDto: {
            /**
             * Format: date-time
             * @description Up to and including this time the student cancels for free.
             * @example 2026-11-30T08:00:00.000Z
             */
            cancelBy: string;
            /**
             * Format: date-time
             * @description When it was cancelled; null when it was not.
             * @example null
             */
            cancelledAt: string | null;
            /**
             * @description Why it was cancelled.
             * @example null
             */
            cancelReason: string | null;
            /**
             * Format: date-time
             * @description When it was booked.
             * @example 2026-11-21T10:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends.
             * @example 2026-12-01T08:45:00.000Z
             */
            endsAt: string;
            /**
             * @description What cancelling did cost.
             * @example {
             *       "amount": 0,
             *       "currency": "DKK"
             *     }
             */
            fee: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the booking.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description What cancelling later costs.
             * @example {
             *       "amount": 30000,
             *       "currency": "DKK"
             *     }
             */
            lateFee: components["schemas"]["MoneyDto"];
            /** @description The lesson type. */
            lessonType: components["schemas"]["PartyDto"];
            /**
             * @description What the lesson costs, VAT included, as agreed when it was booked.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            price: components["schemas"]["MoneyDto"];
            /**
             * Format: date-time
             * @description When it starts.
             * @example 2026-12-01T08:00:00.000Z
             */
            startsAt: string;
            /**
             * @description Where it stands.
             * @example booked
             */
            state: components["schemas"]["BookingState"];
            /** @description The student. */
            student: components["schemas"]["PartyDto"];
            /** @description The teacher. */
            teacher: components["schemas"]["PartyDto"];
            /** @description The vehicle; null when none is needed. */
            vehicle: components["schemas"]["PartyDto"] | null;
        };
        BookingPage: {
            /** @description The items of this page. */
            items: components["schemas"]["BookingDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        /**
         * @description Where it stands.
         * @enum {string}
         */
        BookingState: "booked" | "cancelled" | "completed" | "no_show";
        BookLessonDto: {
            /**
             * Format: uuid
             * @description What kind of lesson.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            lessonTypeId: string;
            /**
             * Format: date-time
             * @description When it starts: a quarter hour.
             * @example 2026-12-01T09:00:00+01:00
             */
            startsAt: string;
            /**
             * Format: uuid
             * @description Whom staff book for. Students leave it out.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId?: string;
            /**
             * Format: uuid
             * @description With this teacher; left out: whoever is free.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            teacherId?: string;
            /**
             * Format: uuid
             * @description In this vehicle; left out: one that is free, when the lesson needs one.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            vehicleId?: string;
        };
        BuyerDto: {
            /**
             * @description Street and number.
             * @example Østergade 2
             */
            addressLine: string | null;
            /**
             * @description City.
             * @example København Ø
             */
            city: string | null;
            /**
             * @description Name.
             * @example Sofie Ærø
             */
            name: string;
            /**
             * @description Postcode.
             * @example 2100
             */
            postcode: string | null;
        };
        CancelBookingDto: {
            /**
             * @description For staff: true when the student asked for it, so that his notice counts; else the school cancels and no fee is due.
             * @example false
             */
            forStudent?: boolean;
            /**
             * @description Why; shown to student and teacher.
             * @example Syg
             */
            reason?: string;
        };
        CancellationTermsDto: {
            /**
             * Format: date-time
             * @description Up to and including this time it is free.
             * @example 2026-11-30T08:00:00.000Z
             */
            cancelBy: string;
            /**
             * @description What cancelling now costs the student.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            fee: components["schemas"]["MoneyDto"];
        };
        ChangedWorkingHoursDto: {
            /** @description Booked lessons outside the teacher’s hours or inside his time off. They stand until somebody moves them. */
            orphanedBookings: components["schemas"]["OrphanedBookingDto"][];
            /** @description The hours that count today or later. */
            workingHours: components["schemas"]["WorkingHoursDto"][];
        };
        ChargeDto: {
            /**
             * @description As on the invoice.
             * @example Kørelektion 2026-12-01 09:00
             */
            description: string;
            /**
             * @description Price including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the charge.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: uuid
             * @description The invoice it is on.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            invoiceId: string | null;
            /**
             * Format: date-time
             * @description When it came up.
             * @example 2026-12-01T08:00:00.000Z
             */
            occurredAt: string;
            /**
             * @description What it is for.
             * @example booking
             * @enum {string}
             */
            source: "booking" | "cancellation_fee" | "no_show_fee" | "manual";
            /**
             * Format: uuid
             * @description The booking it is for, or an id of its own when manual.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            sourceId: string;
            /**
             * @description Open until it is invoiced or voided.
             * @example open
             * @enum {string}
             */
            state: "open" | "invoiced" | "voided";
            /**
             * Format: uuid
             * @description The student who owes it.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
            /**
             * @description VAT rate in basis points.
             * @example 2500
             */
            vatRateBp: number;
        };
        ChargePage: {
            /** @description The items of this page. */
            items: components["schemas"]["ChargeDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        CheckoutDto: {
            /**
             * Format: uuid
             * @description Id of the payment.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            paymentId: string;
            /**
             * @description Where to send the person who pays.
             * @example https://checkout.stripe.com/c/pay/cs_test_a1
             */
            url: string;
        };
        CompletePasswordResetDto: {
            /**
             * Format: password
             * @description The new password; at least 12 characters, not your name or e-mail.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * Format: password
             * @description The token out of the reset link.
             * @example mJx0y9V1h2m3c4b5a6Z7
             */
            token: string;
        };
        CreateChargeDto: {
            /**
             * @description As on the invoice.
             * @example Lærebog
             */
            description: string;
            /**
             * @description Price including VAT, in the school’s currency; above zero.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description The student who owes it.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
            /**
             * @description VAT rate in basis points: 2500 is 25 %, 0 is exempt.
             * @example 2500
             */
            vatRateBp: number;
        };
        CreateSchoolDto: {
            /**
             * @description Street and number.
             * @example Århusgade 88
             */
            addressLine: string;
            /**
             * @description City.
             * @example Nordhavn
             */
            city: string;
            /**
             * @description CVR number: eight digits with a valid check digit.
             * @example 12345674
             */
            cvr: string;
            /**
             * Format: email
             * @description Where students write to.
             * @example hej@nordhavn.example
             */
            email: string;
            /**
             * @description Language of messages to people who have not chosen one.
             * @example da
             * @enum {string}
             */
            locale: "da" | "en";
            /**
             * @description Name as on invoices.
             * @example Nordhavn Køreskole
             */
            name: string;
            /** @description The first owner, who is invited by e-mail. */
            owner: components["schemas"]["SchoolOwnerDto"];
            /**
             * @description Where students call.
             * @example +4533112233
             */
            phone: string;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode: string;
            /**
             * @description How many minutes before a lesson its reminder is sent.
             * @example 1440
             */
            reminderLeadMinutes: number;
            /**
             * @description Short name in addresses: lower-case letters, digits, dashes. Unique.
             * @example nordhavn
             */
            slug: string;
        };
        CreditInvoiceDto: {
            /** @description Credit the lines of these charges alone; all that is left when left out. */
            chargeIds?: string[];
        };
        EnrolStudentDto: {
            /**
             * @description Street and number.
             * @example Sundkrogsgade 7
             */
            addressLine?: string | null;
            /**
             * Format: date
             * @description Date of birth. Never a CPR number.
             * @example 2009-03-14
             */
            birthDate?: string | null;
            /**
             * @description City.
             * @example Nordhavn
             */
            city?: string | null;
            /**
             * Format: email
             * @description Where the invitation goes; also the login.
             * @example freja@example.com
             */
            email: string;
            /**
             * @description The licence category the student is after.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Full name.
             * @example Freja Lund
             */
            name: string;
            /**
             * @description Mobile number, for reminders.
             * @example +4520123458
             */
            phone?: string | null;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode?: string | null;
        };
        FieldProblemDto: {
            /**
             * @description Path of the field.
             * @example workingHours.0.starts
             */
            field: string;
            /**
             * @description What is wrong with it.
             * @example must be a time of day such as 08:30
             */
            message: string;
        };
        FinanceSettingsDto: {
            /**
             * @description Registration and account number, printed on invoices.
             * @example 1234 0001234567
             */
            bankAccount: string | null;
            /**
             * @description Days from an invoice’s date to its due date.
             * @example 8
             */
            paymentTermsDays: number;
        };
        FreeTimeDto: {
            /**
             * Format: date-time
             * @description When it would end.
             * @example 2026-12-01T08:45:00.000Z
             */
            endsAt: string;
            /**
             * Format: date-time
             * @description When the lesson would start.
             * @example 2026-12-01T08:00:00.000Z
             */
            startsAt: string;
            /**
             * Format: uuid
             * @description With this teacher.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            teacherId: string;
            /**
             * @description The teacher’s name.
             * @example Mette Holm
             */
            teacherName: string;
            /**
             * Format: uuid
             * @description A vehicle that is free; absent when the lesson needs none.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            vehicleId?: string;
        };
        FreeTimePage: {
            /** @description The items of this page. */
            items: components["schemas"]["FreeTimeDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        HealthChecksDto: {
            /**
             * @description Down while the process is about to stop.
             * @example up
             * @enum {string}
             */
            accepting: "up" | "down";
            /**
             * @description The database answers.
             * @example up
             * @enum {string}
             */
            database: "up" | "down";
            /**
             * @description Redis answers. Without it jobs wait, nothing is lost and requests are served.
             * @example up
             * @enum {string}
             */
            redis: "up" | "down";
        };
        InvoiceDto: {
            /** @description The student, as he was then. */
            buyer: components["schemas"]["BuyerDto"];
            /**
             * @description What credit notes have taken back of it.
             * @example {
             *       "amount": 0,
             *       "currency": "DKK"
             *     }
             */
            credited: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Of a credit note: the invoice it credits.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            creditsInvoiceId: string | null;
            /**
             * Format: date
             * @description Last day to pay.
             * @example 2026-12-09
             */
            dueOn: string;
            /**
             * @description Total including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the invoice.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was issued.
             * @example 2026-12-01T08:00:00.000Z
             */
            issuedAt: string;
            /**
             * Format: date
             * @description Date of the invoice.
             * @example 2026-12-01
             */
            issuedOn: string;
            /**
             * @description A credit note takes back what an invoice said; its amounts are negative.
             * @example invoice
             * @enum {string}
             */
            kind: "invoice" | "credit_note";
            /** @description What was sold. */
            lines: components["schemas"]["InvoiceLineDto"][];
            /**
             * @description Total without VAT.
             * @example {
             *       "amount": 52000,
             *       "currency": "DKK"
             *     }
             */
            net: components["schemas"]["MoneyDto"];
            /**
             * @description In sequence without gaps, for invoices and credit notes together.
             * @example 42
             */
            number: number;
            /**
             * @description What is left to pay.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            outstanding: components["schemas"]["MoneyDto"];
            /**
             * @description What has been paid of it.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            paid: components["schemas"]["MoneyDto"];
            /** @description The school, as it was then. */
            seller: components["schemas"]["SellerDto"];
            /**
             * @description Issued until it is paid or credited in whole.
             * @example issued
             * @enum {string}
             */
            state: "issued" | "paid" | "credited";
            /**
             * Format: uuid
             * @description The student who was invoiced.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
            /**
             * @description Total VAT.
             * @example {
             *       "amount": 13000,
             *       "currency": "DKK"
             *     }
             */
            vat: components["schemas"]["MoneyDto"];
            /** @description Totals of each VAT rate. */
            vatByRate: components["schemas"]["VatTotalDto"][];
        };
        InvoiceLineDto: {
            /**
             * Format: uuid
             * @description The charge it stands for.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            chargeId: string | null;
            /**
             * @description What was sold.
             * @example Kørelektion 2026-12-01 09:00
             */
            description: string;
            /**
             * @description Including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the line.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Without VAT.
             * @example {
             *       "amount": 52000,
             *       "currency": "DKK"
             *     }
             */
            net: components["schemas"]["MoneyDto"];
            /**
             * @description How many; negative on a credit note.
             * @example 1
             */
            quantity: number;
            /**
             * @description Price of one, including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            unitGross: components["schemas"]["MoneyDto"];
            /**
             * @description The VAT.
             * @example {
             *       "amount": 13000,
             *       "currency": "DKK"
             *     }
             */
            vat: components["schemas"]["MoneyDto"];
            /**
             * @description VAT rate in basis points.
             * @example 2500
             */
            vatRateBp: number;
        };
        InvoiceSummaryDto: {
            /**
             * Format: uuid
             * @description Of a credit note: the invoice it credits.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            creditsInvoiceId: string | null;
            /**
             * Format: date
             * @description Last day to pay.
             * @example 2026-12-09
             */
            dueOn: string;
            /**
             * @description Total including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the invoice.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: date
             * @description Date of the invoice.
             * @example 2026-12-01
             */
            issuedOn: string;
            /**
             * @description A credit note takes back what an invoice said; its amounts are negative.
             * @example invoice
             * @enum {string}
             */
            kind: "invoice" | "credit_note";
            /**
             * @description In sequence without gaps, for invoices and credit notes together.
             * @example 42
             */
            number: number;
            /**
             * @description What is left to pay.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            outstanding: components["schemas"]["MoneyDto"];
            /**
             * @description Issued until it is paid or credited in whole.
             * @example issued
             * @enum {string}
             */
            state: "issued" | "paid" | "credited";
            /**
             * Format: uuid
             * @description The student who was invoiced.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        InvoiceSummaryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["InvoiceSummaryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        IssueInvoiceDto: {
            /** @description The open charges to put on it; all of the student’s when left out. */
            chargeIds?: string[];
            /**
             * Format: uuid
             * @description The student who is invoiced.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        LessonTypeDto: {
            /**
             * @description Whether it is sold.
             * @example true
             */
            active: boolean;
            /**
             * @description Whether students may book it themselves.
             * @example true
             */
            bookableByStudents: boolean;
            /**
             * @description Busy minutes after the lesson: a multiple of 15.
             * @example 15
             */
            bufferMinutes: number;
            /**
             * @description Fee for cancelling too late, including VAT.
             * @example {
             *       "amount": 30000,
             *       "currency": "DKK"
             *     }
             */
            cancelFee: components["schemas"]["MoneyDto"];
            /**
             * @description Cancelling later than so many hours before costs the fee.
             * @example 24
             */
            cancelNoticeHours: number;
            /**
             * Format: uuid
             * @description Id of the lesson type.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The licence category; decides which teachers and vehicles fit.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Length in minutes: a multiple of 15.
             * @example 45
             */
            minutes: number;
            /**
             * @description Name as on the invoice.
             * @example Kørelektion, kategori B
             */
            name: string;
            /**
             * @description Whether a vehicle is booked with it.
             * @example true
             */
            needsVehicle: boolean;
            /**
             * @description Price including VAT, in the school’s currency.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            price: components["schemas"]["MoneyDto"];
            /**
             * @description Busy minutes before the lesson: a multiple of 15.
             * @example 0
             */
            setupMinutes: number;
            /**
             * @description VAT rate in basis points: 2500 is 25 %, 0 is exempt.
             * @example 2500
             */
            vatRateBp: number;
        };
        LessonTypePage: {
            /** @description The items of this page. */
            items: components["schemas"]["LessonTypeDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        LivenessDto: {
            /**
             * @description The process runs.
             * @example ok
             * @enum {string}
             */
            status: "ok";
        };
        LoginDto: {
            /**
             * Format: email
             * @description The address of the account.
             * @example owner@nordhavn.example
             */
            email: string;
            /**
             * Format: password
             * @description The password.
             * @example demo-password-2026
             */
            password: string;
        };
        MembershipDto: {
            /**
             * @description The role there; a person may have several.
             * @example owner
             * @enum {string}
             */
            role: "owner" | "office" | "teacher" | "guardian" | "student" | "partner";
            /**
             * Format: uuid
             * @description Id of the school.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            schoolId: string;
        };
        /**
         * @description How it travels.
         * @enum {string}
         */
        MessageChannel: "email" | "sms";
        MessageDto: {
            /**
             * @description How often sending was tried.
             * @example 1
             */
            attempts: number;
            /**
             * @description How it travels.
             * @example email
             */
            channel: components["schemas"]["MessageChannel"];
            /**
             * Format: date-time
             * @description When its state became final.
             * @example 2026-12-01T09:00:01.000Z
             */
            closedAt: string | null;
            /**
             * Format: date-time
             * @description When it was queued.
             * @example 2026-12-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the message.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description What it is about.
             * @example lesson_booked
             */
            kind: components["schemas"]["MessageKind"];
            /**
             * @description Who carried it.
             * @example smtp
             */
            provider: string | null;
            /**
             * @description The provider’s reference.
             * @example <019aa1b2-7c00-7000-8000-000000000001@example.dk>
             */
            providerRef: string | null;
            /**
             * @description Why it was rejected, failed or dropped, or what the last attempt met.
             * @example the lesson was cancelled before the message went out
             */
            reason: string | null;
            /**
             * @description The address or number it went to, masked.
             * @example s***@example.dk
             */
            recipient: string | null;
            /**
             * @description Billed parts of a text message.
             * @example 1
             */
            segments: number | null;
            /**
             * @description queued: waits; sending: with the provider, or waiting for another attempt; sent: the provider took it; rejected: the provider refused it; failed: no answer for a day; dropped: events overtook it, or there was no way to send it.
             * @example sent
             */
            state: components["schemas"]["MessageState"];
            /**
             * Format: uuid
             * @description The booking, invoice, payment, refund or one-time token it tells about.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            subjectId: string;
            /**
             * Format: uuid
             * @description The user it is for.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            userId: string;
        };
        /**
         * @description What it is about.
         * @enum {string}
         */
        MessageKind: "invitation" | "password_reset" | "lesson_booked" | "lesson_moved" | "lesson_cancelled" | "lesson_reminder" | "teacher_lesson_booked" | "teacher_lesson_moved" | "teacher_lesson_cancelled" | "invoice_issued" | "payment_received" | "refund_completed";
        MessagePage: {
            /** @description The items of this page. */
            items: components["schemas"]["MessageDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        /** @enum {string} */
        MessageState: "queued" | "sending" | "sent" | "rejected" | "failed" | "dropped";
        MoneyDto: {
            /**
             * @description Integer minor units: 65000 is 650.00 kr.
             * @example 65000
             */
            amount: number;
            /**
             * @description ISO 4217 currency code.
             * @example DKK
             */
            currency: string;
        };
        OrphanedBookingDto: {
            /**
             * Format: uuid
             * @description Id of the booking that is now outside the teacher’s hours.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            bookingId: string;
            /**
             * Format: date-time
             * @description End of the lesson.
             * @example 2027-01-05T13:45:00.000Z
             */
            endsAt: string;
            /**
             * Format: date-time
             * @description Start of the lesson.
             * @example 2027-01-05T13:00:00.000Z
             */
            startsAt: string;
            /**
             * Format: uuid
             * @description Id of its student.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        PartyDto: {
            /**
             * Format: uuid
             * @description Its id.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Its name.
             * @example Mette Holm
             */
            name: string;
        };
        PaymentDto: {
            /**
             * @description What was asked for.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            amount: components["schemas"]["MoneyDto"];
            /**
             * Format: date-time
             * @description When it was begun.
             * @example 2026-12-01T08:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the payment.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: uuid
             * @description The invoice it pays.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            invoiceId: string;
            /**
             * @description The payment provider.
             * @example stripe
             */
            provider: string;
            /**
             * @description What has arrived.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            received: components["schemas"]["MoneyDto"];
            /**
             * @description What was given back, or is on its way.
             * @example {
             *       "amount": 0,
             *       "currency": "DKK"
             *     }
             */
            refunded: components["schemas"]["MoneyDto"];
            /** @description What was given back of it. */
            refunds: components["schemas"]["RefundDto"][];
            /**
             * Format: date-time
             * @description When its outcome was known.
             * @example 2026-12-01T08:00:30.000Z
             */
            settledAt: string | null;
            /**
             * @description Unknown: the provider has not said yet, and is asked again.
             * @example succeeded
             * @enum {string}
             */
            state: "created" | "pending" | "unknown" | "succeeded" | "failed" | "expired";
            /**
             * Format: uuid
             * @description The student whose invoice it is.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        PaymentSummaryDto: {
            /**
             * @description What was asked for.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            amount: components["schemas"]["MoneyDto"];
            /**
             * Format: date-time
             * @description When it was begun.
             * @example 2026-12-01T08:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the payment.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: uuid
             * @description The invoice it pays.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            invoiceId: string;
            /**
             * @description The payment provider.
             * @example stripe
             */
            provider: string;
            /**
             * @description What has arrived.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            received: components["schemas"]["MoneyDto"];
            /**
             * @description What was given back, or is on its way.
             * @example {
             *       "amount": 0,
             *       "currency": "DKK"
             *     }
             */
            refunded: components["schemas"]["MoneyDto"];
            /**
             * Format: date-time
             * @description When its outcome was known.
             * @example 2026-12-01T08:00:30.000Z
             */
            settledAt: string | null;
            /**
             * @description Unknown: the provider has not said yet, and is asked again.
             * @example succeeded
             * @enum {string}
             */
            state: "created" | "pending" | "unknown" | "succeeded" | "failed" | "expired";
            /**
             * Format: uuid
             * @description The student whose invoice it is.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        PaymentSummaryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["PaymentSummaryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        ProblemDto: {
            /**
             * @description Stable code for programs.
             * @example booking.slot_taken
             */
            code: string;
            /**
             * @description Finds this request in the logs.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            correlationId: string;
            /**
             * @description A sentence for people, in the language asked for.
             * @example The teacher is busy at that time.
             */
            detail: string;
            /** @description The fields that are wrong. */
            errors?: components["schemas"]["FieldProblemDto"][];
            /**
             * @description The path that was asked for.
             * @example /v1/schools/…/bookings
             */
            instance: string;
            /**
             * @description The HTTP status.
             * @example 409
             */
            status: number;
            /**
             * @description The status in words.
             * @example Conflict
             */
            title: string;
            /**
             * @description Names the kind of problem.
             * @example /problems/booking.slot_taken
             */
            type: string;
        };
        ReadinessDto: {
            /** @description What was looked at. */
            checks: components["schemas"]["HealthChecksDto"];
            /**
             * @description Unavailable comes with status 503.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "degraded" | "unavailable";
        };
        RefreshDto: {
            /**
             * Format: password
             * @description The refresh token of the last answer. It works once.
             * @example mJx0y9V1h2m3c4b5a6Z7
             */
            refreshToken: string;
        };
        RefundDto: {
            /**
             * @description How much.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            amount: components["schemas"]["MoneyDto"];
            /**
             * Format: date-time
             * @description When it was decided.
             * @example 2026-12-01T08:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the refund.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Why.
             * @example Holdet blev aflyst
             */
            reason: string;
            /**
             * Format: date-time
             * @description When its outcome was known.
             * @example 2026-12-01T08:00:05.000Z
             */
            settledAt: string | null;
            /**
             * @description Succeeded once the provider has given the money back.
             * @example requested
             * @enum {string}
             */
            state: "requested" | "pending" | "unknown" | "succeeded" | "failed";
        };
        RefundPaymentDto: {
            /**
             * @description How much; all that is left of the payment when left out.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            amount?: components["schemas"]["MoneyDto"];
            /**
             * @description Why, for the audit.
             * @example Holdet blev aflyst
             */
            reason: string;
        };
        RequestPasswordResetDto: {
            /**
             * Format: email
             * @description The address of the account.
             * @example owner@nordhavn.example
             */
            email: string;
        };
        RescheduleBookingDto: {
            /**
             * Format: date-time
             * @description When it starts now: a quarter hour.
             * @example 2026-12-02T09:00:00+01:00
             */
            startsAt: string;
            /**
             * Format: uuid
             * @description With this teacher; left out: the same.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            teacherId?: string;
            /**
             * Format: uuid
             * @description In this vehicle; left out: the same if it is free.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            vehicleId?: string;
        };
        SchoolDto: {
            /**
             * @description Street and number.
             * @example Århusgade 88
             */
            addressLine: string;
            /**
             * @description City.
             * @example Nordhavn
             */
            city: string;
            /**
             * Format: date-time
             * @description When the school was opened.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * @description ISO 4217 currency of all prices.
             * @example DKK
             */
            currency: string;
            /**
             * @description CVR number: eight digits with a valid check digit.
             * @example 12345674
             */
            cvr: string;
            /**
             * Format: email
             * @description Where students write to.
             * @example hej@nordhavn.example
             */
            email: string;
            /**
             * Format: uuid
             * @description Id of the school.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Language of messages to people who have not chosen one.
             * @example da
             * @enum {string}
             */
            locale: "da" | "en";
            /**
             * @description Name as on invoices.
             * @example Nordhavn Køreskole
             */
            name: string;
            /**
             * @description Where students call.
             * @example +4533112233
             */
            phone: string;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode: string;
            /**
             * @description How many minutes before a lesson its reminder is sent.
             * @example 1440
             */
            reminderLeadMinutes: number;
            /**
             * @description Short name in addresses.
             * @example nordhavn
             */
            slug: string;
            /**
             * @description IANA time zone of the diary.
             * @example Europe/Copenhagen
             */
            zone: string;
        };
        SchoolOwnerDto: {
            /**
             * Format: email
             * @description Where the invitation goes; also the login.
             * @example owner@nordhavn.example
             */
            email: string;
            /**
             * @description Full name.
             * @example Mette Holm
             */
            name: string;
            /**
             * @description Mobile number.
             * @example +4520123456
             */
            phone?: string;
        };
        SchoolSummaryDto: {
            /**
             * @description City.
             * @example Nordhavn
             */
            city: string;
            /**
             * Format: date-time
             * @description When the school was opened.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the school.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Name as on invoices.
             * @example Nordhavn Køreskole
             */
            name: string;
            /**
             * @description Short name in addresses.
             * @example nordhavn
             */
            slug: string;
        };
        SchoolSummaryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["SchoolSummaryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        SellerDto: {
            /**
             * @description Street and number.
             * @example Østergade 2
             */
            addressLine: string | null;
            /**
             * @description Where to pay by transfer.
             * @example 1234 0001234567
             */
            bankAccount: string | null;
            /**
             * @description City.
             * @example København Ø
             */
            city: string | null;
            /**
             * @description The CVR number.
             * @example 10150817
             */
            cvr: string | null;
            /**
             * @description E-mail address.
             * @example kontor@nordhavn.example
             */
            email: string | null;
            /**
             * @description Name.
             * @example Sofie Ærø
             */
            name: string;
            /**
             * @description Phone number.
             * @example +4533112233
             */
            phone: string | null;
            /**
             * @description Postcode.
             * @example 2100
             */
            postcode: string | null;
        };
        SessionDto: {
            /**
             * Format: password
             * @description Send it as `Authorization: Bearer …`.
             * @example eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIwMTlhYTFiMiJ9.c2lnbmF0dXJl
             */
            accessToken: string;
            /**
             * @description Seconds the access token lives.
             * @example 900
             */
            expiresIn: number;
            /** @description What the person is in which school. */
            memberships: components["schemas"]["MembershipDto"][];
            /**
             * Format: password
             * @description Changes for the next pair of tokens, once.
             * @example mJx0y9V1h2m3c4b5a6Z7
             */
            refreshToken: string;
            /** @description The person. */
            user: components["schemas"]["UserDto"];
        };
        SetWorkingHoursDto: {
            /**
             * Format: date
             * @description First date of the new week; today when left out.
             * @example 2027-01-04
             */
            validFrom?: string;
            /** @description All hours of the week; an empty list means none. */
            workingHours: components["schemas"]["WeeklyHoursDto"][];
        };
        StudentAccountDto: {
            /**
             * @description What the student owes; negative when there is money to his credit.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            balance: components["schemas"]["MoneyDto"];
            /**
             * Format: uuid
             * @description Id of the student.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        StudentDto: {
            /**
             * @description Street and number.
             * @example Sundkrogsgade 7
             */
            addressLine: string | null;
            /**
             * Format: date
             * @description Date of birth.
             * @example 2009-03-14
             */
            birthDate: string | null;
            /**
             * @description City.
             * @example Nordhavn
             */
            city: string | null;
            /**
             * Format: date-time
             * @description When the student was enrolled.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: email
             * @description E-mail address, also the login.
             * @example freja@example.com
             */
            email: string;
            /**
             * Format: uuid
             * @description Id of the student.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The licence category the student is after.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Full name.
             * @example Freja Lund
             */
            name: string;
            /**
             * @description Mobile number.
             * @example +4520123458
             */
            phone: string | null;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode: string | null;
            /**
             * @description Only active students book.
             * @example active
             * @enum {string}
             */
            status: "active" | "paused" | "completed" | "left";
        };
        StudentSummaryDto: {
            /**
             * Format: date-time
             * @description When the student was enrolled.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: email
             * @description E-mail address, also the login.
             * @example freja@example.com
             */
            email: string;
            /**
             * Format: uuid
             * @description Id of the student.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The licence category the student is after.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Full name.
             * @example Freja Lund
             */
            name: string;
            /**
             * @description Mobile number.
             * @example +4520123458
             */
            phone: string | null;
            /**
             * @description Only active students book.
             * @example active
             * @enum {string}
             */
            status: "active" | "paused" | "completed" | "left";
        };
        StudentSummaryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["StudentSummaryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        TeacherDto: {
            /**
             * @description Whether he is offered for new lessons.
             * @example true
             */
            active: boolean;
            /**
             * Format: email
             * @description E-mail address; null unless you work at the school.
             * @example lars@nordhavn.example
             */
            email: string | null;
            /**
             * Format: uuid
             * @description Id of the teacher.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Licence categories he teaches.
             * @example [
             *       "B"
             *     ]
             */
            licenceClasses: ("AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T")[];
            /**
             * @description Full name.
             * @example Lars Holm
             */
            name: string;
            /**
             * @description Mobile number; null unless you work at the school.
             * @example +4520123457
             */
            phone: string | null;
        };
        TeacherPage: {
            /** @description The items of this page. */
            items: components["schemas"]["TeacherDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        TimeOffDto: {
            /**
             * Format: date-time
             * @description End.
             * @example 2027-01-01T23:00:00.000Z
             */
            endsAt: string;
            /**
             * Format: uuid
             * @description Id of the time off.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Reason, as given.
             * @example Juleferie
             */
            reason: string | null;
            /**
             * Format: date-time
             * @description Start.
             * @example 2026-12-23T06:00:00.000Z
             */
            startsAt: string;
        };
        TimeOffPage: {
            /** @description The items of this page. */
            items: components["schemas"]["TimeOffDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        UpdateLessonTypeDto: {
            /**
             * @description Whether it is sold.
             * @example false
             */
            active?: boolean;
            /**
             * @description Whether students may book it themselves.
             * @example true
             */
            bookableByStudents?: boolean;
            /**
             * @description Busy minutes after the lesson: a multiple of 15.
             * @example 15
             */
            bufferMinutes?: number;
            /**
             * @description Fee for cancelling too late, including VAT.
             * @example {
             *       "amount": 30000,
             *       "currency": "DKK"
             *     }
             */
            cancelFee?: components["schemas"]["MoneyDto"];
            /**
             * @description Cancelling later than so many hours before costs the fee.
             * @example 24
             */
            cancelNoticeHours?: number;
            /**
             * @description The licence category; decides which teachers and vehicles fit.
             * @example B
             * @enum {string}
             */
            licenceClass?: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Length in minutes: a multiple of 15.
             * @example 45
             */
            minutes?: number;
            /**
             * @description Name as on the invoice.
             * @example Kørelektion, kategori B
             */
            name?: string;
            /**
             * @description Whether a vehicle is booked with it.
             * @example true
             */
            needsVehicle?: boolean;
            /**
             * @description Price including VAT, in the school’s currency.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            price?: components["schemas"]["MoneyDto"];
            /**
             * @description Busy minutes before the lesson: a multiple of 15.
             * @example 0
             */
            setupMinutes?: number;
            /**
             * @description VAT rate in basis points: 2500 is 25 %, 0 is exempt.
             * @example 2500
             */
            vatRateBp?: number;
        };
        UpdateSchoolDto: {
            /**
             * @description Street and number.
             * @example Århusgade 88
             */
            addressLine?: string;
            /**
             * @description City.
             * @example Nordhavn
             */
            city?: string;
            /**
             * @description CVR number: eight digits with a valid check digit.
             * @example 12345674
             */
            cvr?: string;
            /**
             * Format: email
             * @description Where students write to.
             * @example hej@nordhavn.example
             */
            email?: string;
            /**
             * @description Language of messages to people who have not chosen one.
             * @example da
             * @enum {string}
             */
            locale?: "da" | "en";
            /**
             * @description Name as on invoices.
             * @example Nordhavn Køreskole
             */
            name?: string;
            /**
             * @description Where students call.
             * @example +4533112233
             */
            phone?: string;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode?: string;
            /**
             * @description How many minutes before a lesson its reminder is sent.
             * @example 1440
             */
            reminderLeadMinutes?: number;
        };
        UpdateStudentDto: {
            /**
             * @description Street and number.
             * @example Sundkrogsgade 7
             */
            addressLine?: string | null;
            /**
             * Format: date
             * @description Date of birth. Never a CPR number.
             * @example 2009-03-14
             */
            birthDate?: string | null;
            /**
             * @description City.
             * @example Nordhavn
             */
            city?: string | null;
            /**
             * @description The licence category the student is after.
             * @example B
             * @enum {string}
             */
            licenceClass?: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description Full name.
             * @example Freja Lund
             */
            name?: string;
            /**
             * @description Mobile number, for reminders.
             * @example +4520123458
             */
            phone?: string | null;
            /**
             * @description Postal code.
             * @example 2150
             */
            postcode?: string | null;
            /**
             * @description Only active students book.
             * @example paused
             * @enum {string}
             */
            status?: "active" | "paused" | "completed" | "left";
        };
        UpdateTeacherDto: {
            /**
             * @description Whether he is offered for new lessons.
             * @example false
             */
            active?: boolean;
            /**
             * @description Licence categories he teaches.
             * @example [
             *       "B"
             *     ]
             */
            licenceClasses?: ("AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T")[];
            /**
             * @description Full name.
             * @example Lars Holm
             */
            name?: string;
            /**
             * @description Mobile number, for messages about changes.
             * @example +4520123457
             */
            phone?: string | null;
        };
        UpdateVehicleDto: {
            /**
             * @description Whether it is offered for new lessons.
             * @example false
             */
            active?: boolean;
            /**
             * @description Gearbox.
             * @example manual
             * @enum {string}
             */
            gearbox?: "manual" | "automatic";
            /**
             * @description The licence category it is taught in.
             * @example B
             * @enum {string}
             */
            licenceClass?: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description What people call it.
             * @example Golf, blå
             */
            name?: string;
            /**
             * @description Number plate; blanks and case do not matter.
             * @example AB 12 345
             */
            plate?: string;
        };
        UserDto: {
            /**
             * Format: email
             * @description The address, also the login.
             * @example owner@nordhavn.example
             */
            email: string;
            /**
             * Format: uuid
             * @description Id of the person.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description May run the platform.
             * @example false
             */
            isPlatformAdmin: boolean;
            /**
             * @description Language of messages.
             * @example da
             * @enum {string}
             */
            locale: "da" | "en";
            /**
             * @description Full name.
             * @example Mette Holm
             */
            name: string;
            /**
             * @description Phone number in E.164 form.
             * @example +4520123456
             */
            phone: string | null;
        };
        VatTotalDto: {
            /**
             * @description Including VAT.
             * @example {
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            gross: components["schemas"]["MoneyDto"];
            /**
             * @description Without VAT.
             * @example {
             *       "amount": 52000,
             *       "currency": "DKK"
             *     }
             */
            net: components["schemas"]["MoneyDto"];
            /**
             * @description The VAT.
             * @example {
             *       "amount": 13000,
             *       "currency": "DKK"
             *     }
             */
            vat: components["schemas"]["MoneyDto"];
            /**
             * @description VAT rate in basis points.
             * @example 2500
             */
            vatRateBp: number;
        };
        VehicleDto: {
            /**
             * @description Whether it is offered for new lessons.
             * @example true
             */
            active: boolean;
            /**
             * @description Gearbox.
             * @example manual
             * @enum {string}
             */
            gearbox: "manual" | "automatic";
            /**
             * Format: uuid
             * @description Id of the vehicle.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The licence category it is taught in.
             * @example B
             * @enum {string}
             */
            licenceClass: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            /**
             * @description What people call it.
             * @example Golf, blå
             */
            name: string;
            /**
             * @description Number plate; blanks and case do not matter.
             * @example AB 12 345
             */
            plate: string;
        };
        VehiclePage: {
            /** @description The items of this page. */
            items: components["schemas"]["VehicleDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        WeeklyHoursDto: {
            /**
             * @description End, on a quarter hour, after the start.
             * @example 16:00
             */
            ends: string;
            /**
             * @description Start, on a quarter hour, in the school’s time zone.
             * @example 08:00
             */
            starts: string;
            /**
             * @description Day of the week: 1 is Monday, 7 is Sunday.
             * @example 1
             */
            weekday: number;
        };
        WorkingHoursDto: {
            /**
             * @description End, on a quarter hour, after the start.
             * @example 16:00
             */
            ends: string;
            /**
             * @description Start, on a quarter hour, in the school’s time zone.
             * @example 08:00
             */
            starts: string;
            /**
             * Format: date
             * @description First date on which it counts.
             * @example 2026-11-02
             */
            validFrom: string;
            /**
             * Format: date
             * @description First date on which it no longer counts; null: until further notice.
             * @example null
             */
            validUntil: string | null;
            /**
             * @description Day of the week: 1 is Monday, 7 is Sunday.
             * @example 1
             */
            weekday: number;
        };
    };
    responses: never;
    parameters: {
        /**
         * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
         *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
         *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
         *     and may be sent again with the same key.
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LivenessDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitationDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestPasswordResetDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    completePasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompletePasswordResetDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getMyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listSchools: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolSummaryPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    createSchool: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSchoolDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getSchool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateSchool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateSchoolDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    downloadJournal: {
        parameters: {
            query: {
                /** @description The day, in the school’s zone. */
                date: string;
                /** @description The decimal mark. */
                decimal?: "comma" | "point";
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listBookings: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description First date; today when left out. */
                from?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description In this state alone. */
                state?: components["schemas"]["BookingState"];
                /** @description This student’s alone. Students see their own in any case. */
                studentId?: string;
                /** @description This teacher’s alone. */
                teacherId?: string;
                /** @description The date after the last one; 28 days after the first when left out, 366 at most. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    bookLesson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookLessonDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getBooking: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    cancelBooking: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelBookingDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    previewCancellation: {
        parameters: {
            query?: {
                /** @description For staff: true when the student asked for it, so that his notice counts; else the school cancels and no fee is due. */
                forStudent?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancellationTermsDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    completeBooking: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    markNoShow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    rescheduleBooking: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the booking. */
                bookingId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RescheduleBookingDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listCharges: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description Charges in this state alone. */
                state?: "open" | "invoiced" | "voided";
                /** @description Charges of this student alone. */
                studentId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    createCharge: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChargeDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargeDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getFinanceSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinanceSettingsDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateFinanceSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinanceSettingsDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinanceSettingsDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    findFreeTimes: {
        parameters: {
            query: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description First date; today when left out. */
                from?: string;
                /** @description For what kind of lesson. */
                lessonTypeId: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description For staff: when this student is free too. Students always ask for themselves. */
                studentId?: string;
                /** @description With this teacher alone. */
                teacherId?: string;
                /** @description The date after the last one; 14 days after the first when left out, 31 at most. */
                until?: string;
                /** @description In this vehicle alone. */
                vehicleId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreeTimePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Invoices or credit notes alone. */
                kind?: "invoice" | "credit_note";
                /** @description How many items at most. */
                limit?: number;
                /** @description Invoices in this state alone. */
                state?: "issued" | "paid" | "credited";
                /** @description Invoices of this student alone. */
                studentId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceSummaryPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    issueInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueInvoiceDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invoice. */
                invoiceId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    createCheckout: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the invoice. */
                invoiceId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckoutDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    creditInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the invoice. */
                invoiceId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditInvoiceDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getInvoicePdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the invoice. */
                invoiceId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listLessonTypes: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Those no longer sold too; for staff. */
                includeInactive?: boolean;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LessonTypePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    addLessonType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddLessonTypeDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getLessonType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the lesson type. */
                lessonTypeId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateLessonType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the lesson type. */
                lessonTypeId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateLessonTypeDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description Only messages in this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Only messages to this student. Whoever is not staff sees his own alone, whatever he asks for. */
                studentId?: string;
                /** @description Only messages about this booking, invoice or payment. */
                subjectId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the message. */
                messageId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Payments of this invoice alone. */
                invoiceId?: string;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentSummaryPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the payment. */
                paymentId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the payment. */
                paymentId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundPaymentDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listStudents: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The beginning of a name, or of an e-mail address when it has an @. */
                q?: string;
                /** @description Students of that status only. */
                status?: "active" | "paused" | "completed" | "left";
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentSummaryPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    enrolStudent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrolStudentDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getStudent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateStudent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateStudentDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getStudentAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentAccountDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getMyStudent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listTeachers: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Deactivated teachers too; for staff. */
                includeInactive?: boolean;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeacherPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    addTeacher: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddTeacherDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getTeacher: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateTeacher: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTeacherDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listTimeOff: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Leaves out what ended before; now when left out. */
                from?: string;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOffPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    addTimeOff: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddTimeOffDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedTimeOffDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    removeTimeOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
                /** @description Id of the time off. */
                timeOffId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getWorkingHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkingHoursDto"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    setWorkingHours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the teacher. */
                teacherId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWorkingHoursDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedWorkingHoursDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    listVehicles: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Vehicles out of use too. */
                includeInactive?: boolean;
                /** @description How many items at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VehiclePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    addVehicle: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Your name for this request, for example a UUID: sent again with the same key, it is not done again. For 24 hours
                 *     the answer is the first one’s, with `Idempotent-Replayed: true`; 409 `idempotency.in_flight` while the first is at work, 422
                 *     `idempotency.key_reused` for another path or body. Only successes are kept: what was refused or failed has left nothing behind,
                 *     and may be sent again with the same key.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddVehicleDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getVehicle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the vehicle. */
                vehicleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    updateVehicle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the vehicle. */
                vehicleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateVehicleDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
}
