// Made from openapi.json by `node scripts/check-client.mjs --write`; do not edit.
export interface paths {
    "/files/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file by its private link
         * @description The link comes from the operation that offers the file, and opens it for five minutes.
         *
         *     Needs no sign-in: the signature in the address says who may have the file, and until when.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Does the process run?
         * @description Answers as long as the process runs at all; asks nobody else.
         *
         *     Needs no sign-in: balancers and monitors ask without an account.
         */
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
        /**
         * Does the process want traffic, and can it serve it?
         * @description Asks the database and Redis, and whether the process is about to stop; 503 takes it out of the balancer.
         *
         *     Needs no sign-in: balancers and monitors ask without an account.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The numbers of this process, for Prometheus
         * @description Send `METRICS_TOKEN` as a bearer token. Without that setting the address answers a laptop alone, and is not found elsewhere.
         *
         *     Needs no sign-in: Prometheus has no account; it shows METRICS_TOKEN.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was done outside of any school
         * @description Sign-ins, passwords, and what operators did; newest first.
         *
         *     Needs the permission `platform_audit.read`: platform administrators.
         */
        get: operations["listPlatformAuditEntries"];
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
        /**
         * Set the first password with the link of an invitation
         * @description Signs in at once. The link works once, and not for long.
         *
         *     Needs no sign-in: this is how one becomes somebody.
         */
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
        /**
         * Sign in with e-mail and password
         * @description Answers an access token for 15 minutes and a refresh token for the next pair. Wrong e-mail and wrong password are refused alike. An account with a second factor answers 401 `auth.code_required`: send the same with `code`. Many wrong attempts make everybody wait who has not signed in from there before.
         *
         *     Needs no sign-in: this is how one becomes somebody.
         */
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
         *
         *     Needs no sign-in: this is how one becomes somebody.
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
         *
         *     Needs no sign-in: this is how one becomes somebody.
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
         *
         *     Needs no sign-in: this is how one becomes somebody.
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
         *
         *     Needs no sign-in: this is how one becomes somebody.
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
        /**
         * Who am I, and in which schools?
         * @description The person who is signed in, and each school with the role held there.
         *
         *     Needs the permission `account.read`: everybody with an account.
         */
        get: operations["getMyAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change my name, phone number or language
         * @description Fields left out stay as they are. What a school has written down as teacher or student is the school’s.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        patch: operations["updateMyAccount"];
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change my password
         * @description This session goes on; every other one ends.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        put: operations["changeMyPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Do I sign in with a second factor?
         * @description And how many recovery codes are left.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        get: operations["getMySecondFactor"];
        put?: never;
        /**
         * Set up an authenticator app
         * @description Scan the picture with the app, then confirm with the code it shows. Until then nothing changes.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        post: operations["enrolSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the second factor in force
         * @description From now on signing in needs a code. The answer holds the recovery codes, once.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off
         * @description The password alone signs in again, and recovery codes are void. An administrator loses his rights where they need it.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        post: operations["disableSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new recovery codes
         * @description Those from before count no more.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where am I signed in?
         * @description The sessions that run, with the device and the address they were opened from.
         *
         *     Needs the permission `account.read`: everybody with an account.
         */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere
         * @description This session ends too.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        delete: operations["endAllMySessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out of one device
         * @description Its access tokens stop working at once.
         *
         *     Needs the permission `account.update`: everybody with an account.
         */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that have not reached a handler
         * @description Dead letters unless told otherwise; longest due first. What is done is not listed.
         *
         *     Needs the permission `ops.read`: platform administrators.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/deliveries/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a dead letter up for good
         * @description For one whose effect is not wanted any more. It is written down who did so; nothing else happens.
         *
         *     Needs the permission `ops.manage`: platform administrators.
         */
        post: operations["discardDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/deliveries/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a dead letter again
         * @description It gets all its attempts anew. A handler’s effect and the delivery’s end are one, so nothing happens twice.
         *
         *     Needs the permission `ops.manage`: platform administrators.
         */
        post: operations["retryDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/deliveries/retry-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try all dead letters again, or all of one handler
         * @description For after an outage. Those that come to fail again die again, one by one.
         *
         *     Needs the permission `ops.manage`: platform administrators.
         */
        post: operations["retryAllDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See at a glance whether anything needs a hand
         * @description What is down, dead, late or failed. The same as the page /ops.
         *
         *     Needs the permission `ops.read`: platform administrators.
         */
        get: operations["getOperationsOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the schedules, with their last and next run
         * @description Every schedule, by name. One that is overdue has found no worker.
         *
         *     Needs the permission `ops.read`: platform administrators.
         */
        get: operations["listSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/schedules/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a schedule now
         * @description Makes it due: a worker takes it within a second or two, as it takes any. Its next run follows from there.
         *
         *     Needs the permission `ops.manage`: platform administrators.
         */
        post: operations["runSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what providers told us, newest first
         * @description Of the last month, without the providers’ words: they may name people.
         *
         *     Needs the permission `ops.read`: platform administrators.
         */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/webhooks/{webhookId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Act on a stored webhook once more
         * @description As if it had just come. Acting twice on one changes nothing.
         *
         *     Needs the permission `ops.manage`: platform administrators.
         */
        post: operations["replayWebhook"];
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
        /**
         * List the platform’s schools
         * @description For those who run the platform. Nothing of a school’s people is in it.
         *
         *     Needs the permission `school.list`: platform administrators.
         */
        get: operations["listSchools"];
        put?: never;
        /**
         * Open a school
         * @description Makes the school and invites its owner by e-mail.
         *
         *     Needs the permission `school.create`: platform administrators.
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
        /**
         * Read a school
         * @description Its address, language, time zone and rules.
         *
         *     Needs the permission `school.read`: owner, office, teacher, student, guardian, platform administrators, API keys with that scope.
         */
        get: operations["getSchool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a school
         * @description Fields left out stay as they are. Invoices issued before keep the name and address they were issued with.
         *
         *     Needs the permission `school.update`: owner.
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
         *
         *     Needs the permission `accounting.export`: owner, office, API keys with that scope.
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
    "/v1/schools/{schoolId}/api-keys": {
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
         * List the school’s API keys
         * @description Revoked and expired ones are among them, so that one sees what there was.
         *
         *     Needs the permission `api_key.manage`: owner.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key for a program of the school
         * @description The program sends it as `Authorization: Bearer jd_…` and may do in this school what its scopes say, as staff may. The secret is in this answer alone: what is kept of it cannot be turned back.
         *
         *     Needs the permission `api_key.manage`: owner.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/api-keys/{apiKeyId}": {
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
         * Revoke an API key
         * @description The next request with it is refused. Revoking it again changes nothing.
         *
         *     Needs the permission `api_key.manage`: owner.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/audit-log": {
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
         * Read who did what in the school
         * @description Every change of money, access, people and the diary, and every export; newest first.
         *
         *     Needs the permission `audit.read`: owner.
         */
        get: operations["listAuditEntries"];
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
         * @description Lessons in order of time: for staff the school’s, for students their own, for guardians their wards’.
         *
         *     Needs the permission `booking.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["listBookings"];
        put?: never;
        /**
         * Book a lesson
         * @description When somebody was faster, `booking.slot_taken` says in `busy` whether teacher, student or vehicle is taken, and offers three `alternatives`.
         *
         *     Needs the permission `booking.create`: owner, office, teacher, student, guardian, API keys with that scope.
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
        /**
         * Read one booking
         * @description Staff see every lesson of the school, students their own.
         *
         *     Needs the permission `booking.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
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
         *
         *     Needs the permission `booking.cancel`: owner, office, teacher, student, guardian, API keys with that scope.
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
        /**
         * See what cancelling now would cost
         * @description The fee that cancelling would charge now, and until when it would be free. Nothing is changed.
         *
         *     Needs the permission `booking.cancel`: owner, office, teacher, student, guardian, API keys with that scope.
         */
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
         *
         *     Needs the permission `booking.complete`: owner, office, teacher.
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
         *
         *     Needs the permission `booking.complete`: owner, office, teacher.
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
         *
         *     Needs the permission `booking.reschedule`: owner, office, teacher, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `charge.read`: owner, office, student, guardian, API keys with that scope.
         */
        get: operations["listCharges"];
        put?: never;
        /**
         * Charge a student by hand
         * @description Bookings charge by themselves. A charge is put on the student’s next invoice.
         *
         *     Needs the permission `charge.create`: owner, office, API keys with that scope.
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
        /**
         * Read how the school invoices
         * @description When invoices fall due, and the account they are paid to.
         *
         *     Needs the permission `finance.configure`: owner.
         */
        get: operations["getFinanceSettings"];
        /**
         * Change how the school invoices
         * @description Counts for invoices issued from now on.
         *
         *     Needs the permission `finance.configure`: owner.
         */
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
         *
         *     Needs the permission `availability.read`: owner, office, teacher, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `invoice.read`: owner, office, student, guardian, API keys with that scope.
         */
        get: operations["listInvoices"];
        put?: never;
        /**
         * Invoice a student’s open charges
         * @description The invoice gets its number and is sent; what it says never changes.
         *
         *     Needs the permission `invoice.issue`: owner, office.
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
         *
         *     Needs the permission `invoice.read`: owner, office, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `invoice.pay`: owner, office, student, guardian.
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
         *
         *     Needs the permission `invoice.credit`: owner, office.
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
         *
         *     Needs the permission `invoice.read`: owner, office, student, guardian, API keys with that scope.
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
        /**
         * List what the school sells, by name
         * @description Those that are no longer sold are left out unless `includeInactive` is true.
         *
         *     Needs the permission `lesson_type.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["listLessonTypes"];
        put?: never;
        /**
         * Add a lesson type
         * @description It can be booked from now on.
         *
         *     Needs the permission `lesson_type.manage`: owner, office.
         */
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
        /**
         * Read a lesson type
         * @description Also one that is no longer sold, because old lessons name it.
         *
         *     Needs the permission `lesson_type.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["getLessonType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a lesson type or stop selling it
         * @description Fields left out stay as they are. Lessons booked already keep their price and their rules.
         *
         *     Needs the permission `lesson_type.manage`: owner, office.
         */
        patch: operations["updateLessonType"];
        trace?: never;
    };
    "/v1/schools/{schoolId}/members": {
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
         * List who belongs to the school, and as what
         * @description Everybody with a login, students among them; filter by role to see who runs the school.
         *
         *     Needs the permission `member.read`: owner, office.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Invite somebody to the school’s office
         * @description Teachers and students are invited by adding and enrolling them. Somebody with a password gets the role at once.
         *
         *     Needs the permission `member.manage`: owner, office.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/members/{userId}": {
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
         * Remove somebody from the school’s office
         * @description Ends the person’s sessions at once and voids an invitation that is open.
         *
         *     Needs the permission `member.manage`: owner, office.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/members/{userId}/invitation": {
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
         * Send an invitation once more
         * @description The link sent before stops working.
         *
         *     Needs the permission `member.manage`: owner, office.
         */
        post: operations["resendInvitation"];
        /**
         * Void the link of an invitation
         * @description The person stays a member, and may be sent another link or be removed.
         *
         *     Needs the permission `member.manage`: owner, office.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/members/{userId}/roles": {
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
        /**
         * Say which office roles a member has
         * @description Losing a role ends the person’s sessions at once. A school always keeps an owner.
         *
         *     Needs the permission `member.manage`: owner, office.
         */
        put: operations["setMemberRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * @description E-mails and text messages, newest first, with what became of each. Staff see the school’s, everybody else his own and his wards’.
         *
         *     Needs the permission `message.read`: owner, office, teacher, student, guardian.
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
        /**
         * One message and what became of it
         * @description Its text as sent, its state, and why it failed when it did. People see their own, staff the school’s.
         *
         *     Needs the permission `message.read`: owner, office, teacher, student, guardian.
         */
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
         *
         *     Needs the permission `payment.read`: owner, office, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `payment.read`: owner, office, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `payment.refund`: owner, office.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports": {
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
         * List the school’s imports, the newest first
         * @description An import is forgotten 30 days after its upload; the students stay.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        get: operations["listStudentImports"];
        put?: never;
        /**
         * Upload a list of students
         * @description CSV of at most 20,000 rows: UTF-8, UTF-16 or Windows-1252; semicolons, commas or tabs; headings in Danish or English. A job checks each row, as if its student were enrolled alone. Nobody is enrolled before the import is started.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        post: operations["uploadStudentList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}": {
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
         * Read how far an import is
         * @description Its state, and how many rows are ready, wrong and done.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        get: operations["getStudentImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}/cancel": {
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
         * Stop an import
         * @description Also in the middle. Who is enrolled already stays a student.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        post: operations["cancelStudentImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}/errors.csv": {
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
         * Download the rows that cannot be enrolled
         * @description With a column that says why. Mend them, and upload the list as a new import.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        get: operations["downloadStudentImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}/events": {
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
         * Follow an import
         * @description Server-sent events: `progress` with what getStudentImport answers, each time it changes, and `end` with the state in which nothing more happens by itself; then the stream closes. Send `Last-Event-ID` to hear nothing twice. The stream closes after a minute in any case; open it again until `end`.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        get: operations["followStudentImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}/rows": {
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
         * List the rows of an import, with what is wrong with each
         * @description In the order of the file; `state` picks those that are wrong.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        get: operations["listStudentImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/student-imports/{importId}/start": {
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
         * Enrol the valid rows of an import
         * @description A job does it, each row once; what cannot be enrolled is left out and says why.
         *
         *     Needs the permission `student.import`: owner, office.
         */
        post: operations["startStudentImport"];
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
        /**
         * List or search the school’s students
         * @description By name unless asked otherwise; what is searched comes in the order of the words that are found.
         *
         *     Needs the permission `student.list`: owner, office, teacher, API keys with that scope.
         */
        get: operations["listStudents"];
        put?: never;
        /**
         * Enrol a student
         * @description Invites the student by e-mail to set a password.
         *
         *     Needs the permission `student.enrol`: owner, office, API keys with that scope.
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
         * @description A student reads himself alone, a guardian his wards.
         *
         *     Needs the permission `student.read`: owner, office, teacher, student, guardian, API keys with that scope.
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
         *
         *     Needs the permission `student.update`: owner, office, API keys with that scope.
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
         *
         *     Needs the permission `account.balance`: owner, office, student, guardian, API keys with that scope.
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
    "/v1/schools/{schoolId}/students/{studentId}/data-exports": {
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
         * Order all that the school keeps about a student
         * @description A ZIP file of JSON and documents is made; it is there for a week, or until another is ordered. A student may order his own.
         *
         *     Needs the permission `student.export_data`: owner, office, student, guardian.
         */
        post: operations["requestDataExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/data-exports/{exportId}": {
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
         * Ask whether an export is ready
         * @description It takes seconds, longer when there are many documents.
         *
         *     Needs the permission `student.export_data`: owner, office, student, guardian.
         */
        get: operations["getDataExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/data-exports/{exportId}/link": {
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
         * Get a private link to an export
         * @description It opens this one export for five minutes, to whoever has it.
         *
         *     Needs the permission `student.export_data`: owner, office, student, guardian.
         */
        post: operations["openDataExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/documents": {
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
         * List a student’s documents
         * @description Newest first unless another order is asked for. Each document is opened by a link of its own.
         *
         *     Needs the permission `document.read`: owner, office, student, guardian, API keys with that scope.
         */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Upload a document of a student
         * @description At most 15 MiB. The type is told from the bytes, not from the name. With a virus scanner, it is scanned first.
         *
         *     Needs the permission `document.upload`: owner, office, student, guardian, API keys with that scope.
         */
        post: operations["uploadDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/documents/{documentId}": {
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
         * Delete a document
         * @description Links to it stop working at once.
         *
         *     Needs the permission `document.delete`: owner, office.
         */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/documents/{documentId}/link": {
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
         * Get a private link to a document
         * @description It opens this one document for five minutes, to whoever has it.
         *
         *     Needs the permission `document.read`: owner, office, student, guardian, API keys with that scope.
         */
        post: operations["openDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/erasure": {
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
         * See how far an erasure is
         * @description Also whose the lessons were, while the law wants the lesson log shown; reading that is written down.
         *
         *     Needs the permission `student.erase`: owner.
         */
        get: operations["getErasure"];
        put?: never;
        /**
         * Erase a student
         * @description Cannot be undone. Refused while lessons are booked or money is open. What nothing keeps goes at once; vouchers stay
         *     five years after their year, and whose the lessons were two years after the last, and go by themselves.
         *
         *     Needs the permission `student.erase`: owner.
         */
        post: operations["eraseStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/guardians": {
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
         * List the guardians of a student
         * @description Oldest first. A student sees his own alone; guardians do not see each other.
         *
         *     Needs the permission `guardian.read`: owner, office, teacher, student.
         */
        get: operations["listGuardians"];
        put?: never;
        /**
         * Add a guardian to a student under 18
         * @description Invites the guardian by e-mail. Until the student’s eighteenth birthday the guardian sees what the student sees, and books, cancels and pays for him. Name and phone of somebody known stay his own.
         *
         *     Needs the permission `guardian.manage`: owner, office.
         */
        post: operations["addGuardian"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/{studentId}/guardians/{guardianId}": {
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
         * End a guardianship
         * @description With the last one the guardian is no longer a member of the school, and his sessions end.
         *
         *     Needs the permission `guardian.manage`: owner, office.
         */
        delete: operations["removeGuardian"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/export.csv": {
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
         * Download the school’s students as CSV
         * @description In the order of enrolment; separated, headed and dated as spreadsheets of the language expect it. An import takes the list as it is. A cell that would be a formula begins with a quote.
         *
         *     Needs the permission `student.export`: owner, office, API keys with that scope.
         */
        get: operations["exportStudents"];
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
        /**
         * Read the student you are at this school
         * @description The record of the student who is signed in.
         *
         *     Needs the permission `student.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["getMyStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/students/wards": {
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
         * List the students you are guardian of, by name
         * @description Those under 18. Everything else that takes a student’s id takes theirs.
         *
         *     Needs the permission `ward.list`: guardian.
         */
        get: operations["listWards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/support-access": {
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
         * List who of the platform looked into the school
         * @description Newest first, with the reason each gave.
         *
         *     Needs the permission `support_access.read`: owner, platform administrators.
         */
        get: operations["listSupportAccesses"];
        put?: never;
        /**
         * Look into a school, for a reason
         * @description From now on, for so many minutes, the caller may read in this school what its office reads, and change nothing. The owner sees who looked, when and why.
         *
         *     Needs the permission `support_access.open`: platform administrators.
         */
        post: operations["openSupportAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools/{schoolId}/support-access/{supportAccessId}": {
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
         * End a support access before its time
         * @description The next request finds the school closed. Ending it again changes nothing.
         *
         *     Needs the permission `support_access.close`: owner, platform administrators.
         */
        delete: operations["closeSupportAccess"];
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
        /**
         * List the school’s teachers, by name
         * @description Those who are no longer active are left out unless `includeInactive` is true.
         *
         *     Needs the permission `teacher.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["listTeachers"];
        put?: never;
        /**
         * Add a teacher
         * @description Invites the teacher by e-mail. Somebody who teaches at another school keeps his login and his one diary.
         *
         *     Needs the permission `teacher.manage`: owner, office.
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
        /**
         * Read a teacher
         * @description Also one who is no longer active, because old lessons name him.
         *
         *     Needs the permission `teacher.read`: owner, office, teacher, student, guardian, API keys with that scope.
         */
        get: operations["getTeacher"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change or deactivate a teacher
         * @description Fields left out stay as they are. A deactivated teacher is not offered any more; lessons booked already stand.
         *
         *     Needs the permission `teacher.manage`: owner, office.
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
         *
         *     Needs the permission `schedule.read`: owner, office, teacher, API keys with that scope.
         */
        get: operations["listTimeOff"];
        put?: never;
        /**
         * Take a teacher out of the diary for a while
         * @description Answers the booked lessons that fall into it. The office manages everybody’s, a teacher his own.
         *
         *     Needs the permission `schedule.manage`: owner, office, teacher.
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
         *
         *     Needs the permission `schedule.manage`: owner, office, teacher.
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
         *
         *     Needs the permission `schedule.read`: owner, office, teacher, API keys with that scope.
         */
        get: operations["getWorkingHours"];
        /**
         * Replace a teacher’s weekly hours from a date on
         * @description Answers the booked lessons that fall outside of them. The office manages everybody’s, a teacher his own.
         *
         *     Needs the permission `schedule.manage`: owner, office, teacher.
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
        /**
         * List the school’s vehicles, by name
         * @description Those that are no longer in use are left out unless `includeInactive` is true.
         *
         *     Needs the permission `vehicle.read`: owner, office, teacher, API keys with that scope.
         */
        get: operations["listVehicles"];
        put?: never;
        /**
         * Add a vehicle
         * @description The plate is stored in upper case without blanks, and is the school’s only one.
         *
         *     Needs the permission `vehicle.manage`: owner, office.
         */
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
        /**
         * Read a vehicle
         * @description Also one that is no longer in use, because old lessons name it.
         *
         *     Needs the permission `vehicle.read`: owner, office, teacher, API keys with that scope.
         */
        get: operations["getVehicle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a vehicle or take it out of use
         * @description Fields left out stay as they are. Lessons booked with it stand.
         *
         *     Needs the permission `vehicle.manage`: owner, office.
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
         *
         *     Needs no sign-in: a provider signs its messages instead of signing in.
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
             * @description The new password; at least 12 characters, and not easy to guess.
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
        AddGuardianDto: {
            /**
             * Format: email
             * @description Where the invitation goes; also the login.
             * @example karen@example.com
             */
            email: string;
            /**
             * @description Full name.
             * @example Karen Lund
             */
            name: string;
            /**
             * @description Mobile number.
             * @example +4520123459
             */
            phone?: string | null;
            /**
             * @description What the guardian is to the student.
             * @example mother
             * @enum {string|null}
             */
            relation?: "mother" | "father" | "foster_parent" | "appointed" | "other" | null;
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
        ApiKeyDto: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-12-01T09:00:00Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the person who made it.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            createdBy: string;
            /**
             * Format: date-time
             * @description When it stops working.
             * @example 2027-12-31T23:00:00Z
             */
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description Id of the key.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             * @example 2026-12-02T10:15:00Z
             */
            lastUsedAt: string | null;
            /**
             * @description What the key is for.
             * @example Website calendar
             */
            name: string;
            /**
             * @description How the secret begins, to recognise it by.
             * @example jd_mJx0y9V1
             */
            prefix: string;
            /**
             * Format: date-time
             * @description When it was revoked.
             * @example null
             */
            revokedAt: string | null;
            /**
             * @description What the key may do: names of permissions.
             * @example [
             *       "availability.read",
             *       "booking.read"
             *     ]
             */
            scopes: ("school.read" | "teacher.read" | "schedule.read" | "vehicle.read" | "lesson_type.read" | "student.enrol" | "student.read" | "student.list" | "student.update" | "student.export" | "document.upload" | "document.read" | "charge.create" | "charge.read" | "invoice.read" | "payment.read" | "account.balance" | "accounting.export" | "availability.read" | "booking.create" | "booking.read" | "booking.reschedule" | "booking.cancel")[];
        };
        ApiKeyPage: {
            /** @description The items of this page. */
            items: components["schemas"]["ApiKeyDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        AuditActorDto: {
            /**
             * Format: uuid
             * @description Id of the user or API key.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string | null;
            /**
             * @description user: somebody signed in, or on the way to it; api_key: a program of the school or a partner; operator: at the server’s command line; system: a job or schedule; provider: it happened at a provider, who told us.
             * @example user
             */
            kind: components["schemas"]["AuditActorKind"];
            /**
             * @description Name of the user, API key, job, schedule or provider.
             * @example Mette Holm
             */
            name: string | null;
            /**
             * @description The role it was done in.
             * @example owner
             * @enum {string|null}
             */
            role: "platform_admin" | "owner" | "office" | "teacher" | "guardian" | "student" | "partner" | null;
        };
        /**
         * @description user: somebody signed in, or on the way to it; api_key: a program of the school or a partner; operator: at the server’s command line; system: a job or schedule; provider: it happened at a provider, who told us.
         * @enum {string}
         */
        AuditActorKind: "user" | "api_key" | "operator" | "system" | "provider";
        AuditEntryDto: {
            /**
             * @description What was done.
             * @example refund.requested
             */
            action: string;
            /** @description Who did it. */
            actor: components["schemas"]["AuditActorDto"];
            /**
             * Format: date-time
             * @description When it was done.
             * @example 2026-12-01T08:00:00.000Z
             */
            at: string;
            /**
             * @description What else belongs to it: ids, names of changed fields, amounts. Never a person’s own data.
             * @example {
             *       "paymentId": "019aa1b2-7c00-7000-8000-000000000002",
             *       "amount": 65000,
             *       "currency": "DKK"
             *     }
             */
            details: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: uuid
             * @description Id of the entry.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The `X-Request-Id` of the request it was done in, as it stands in the server’s log.
             * @example 019aa1b2-7c00-7000-8000-000000000003
             */
            requestId: string | null;
            /**
             * Format: uuid
             * @description To what it was done.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            subjectId: string | null;
        };
        AuditEntryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["AuditEntryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
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
             * @description Whom the lesson is for. Students leave it out, and guardians of one student may.
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
        ChangePasswordDto: {
            /**
             * Format: password
             * @description The new password; at least 12 characters, and not easy to guess.
             * @example correct horse battery staple
             */
            newPassword: string;
            /**
             * Format: password
             * @description The password of until now.
             * @example demo-password-2026
             */
            password: string;
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
             * @description The new password; at least 12 characters, and not easy to guess.
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
        ConfirmSecondFactorDto: {
            /**
             * Format: password
             * @description What the authenticator app shows.
             * @example 492039
             */
            code: string;
        };
        CreateApiKeyDto: {
            /**
             * Format: date-time
             * @description When the key stops working; left out, it works until it is revoked.
             * @example 2027-12-31T23:00:00Z
             */
            expiresAt?: string | null;
            /**
             * @description What the key is for.
             * @example Website calendar
             */
            name: string;
            /**
             * @description What the key may do: names of permissions.
             * @example [
             *       "availability.read",
             *       "booking.read"
             *     ]
             */
            scopes: ("school.read" | "teacher.read" | "schedule.read" | "vehicle.read" | "lesson_type.read" | "student.enrol" | "student.read" | "student.list" | "student.update" | "student.export" | "document.upload" | "document.read" | "charge.create" | "charge.read" | "invoice.read" | "payment.read" | "account.balance" | "accounting.export" | "availability.read" | "booking.create" | "booking.read" | "booking.reschedule" | "booking.cancel")[];
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
        CreatedApiKeyDto: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-12-01T09:00:00Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the person who made it.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            createdBy: string;
            /**
             * Format: date-time
             * @description When it stops working.
             * @example 2027-12-31T23:00:00Z
             */
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description Id of the key.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             * @example 2026-12-02T10:15:00Z
             */
            lastUsedAt: string | null;
            /**
             * @description What the key is for.
             * @example Website calendar
             */
            name: string;
            /**
             * @description How the secret begins, to recognise it by.
             * @example jd_mJx0y9V1
             */
            prefix: string;
            /**
             * Format: date-time
             * @description When it was revoked.
             * @example null
             */
            revokedAt: string | null;
            /**
             * @description What the key may do: names of permissions.
             * @example [
             *       "availability.read",
             *       "booking.read"
             *     ]
             */
            scopes: ("school.read" | "teacher.read" | "schedule.read" | "vehicle.read" | "lesson_type.read" | "student.enrol" | "student.read" | "student.list" | "student.update" | "student.export" | "document.upload" | "document.read" | "charge.create" | "charge.read" | "invoice.read" | "payment.read" | "account.balance" | "accounting.export" | "availability.read" | "booking.create" | "booking.read" | "booking.reschedule" | "booking.cancel")[];
            /**
             * Format: password
             * @description The key itself, to send as `Authorization: Bearer jd_…`. Keep it safe: it is shown this once.
             * @example jd_mJx0y9V1h2m3c4b5a6Z7mJx0y9V1h2m3c4b5a6Z7abc
             */
            secret: string;
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
            /**
             * @description Credit the lines of these charges alone; all that is left when left out.
             * @example [
             *       "019aa1b2-7c00-7000-8000-000000000001"
             *     ]
             */
            chargeIds?: string[];
        };
        DataExportDto: {
            /**
             * Format: date-time
             * @description When it is deleted.
             * @example 2026-11-28T09:00:00.000Z
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description Id of the export.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was asked for.
             * @example 2026-11-21T09:00:00.000Z
             */
            requestedAt: string;
            /**
             * @description Its file is there once it is ready.
             * @example ready
             * @enum {string}
             */
            state: "being_made" | "ready";
        };
        DeadLetterDto: {
            /**
             * Format: uuid
             * @description Id of the event.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            eventId: string;
            /**
             * @description The handler’s name.
             * @example notifications.lesson-booked
             */
            handler: string;
        };
        DeliveryDto: {
            /**
             * Format: date-time
             * @description When it is, or would be, tried next.
             * @example 2026-11-21T09:04:00.000Z
             */
            dueAt: string;
            /**
             * @description The event’s name.
             * @example bookings.lesson_booked
             */
            event: string;
            /**
             * Format: uuid
             * @description Id of the event.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            eventId: string;
            /**
             * @description How often it has failed.
             * @example 8
             */
            failures: number;
            /**
             * @description The handler’s name.
             * @example notifications.lesson-booked
             */
            handler: string;
            /**
             * @description What it failed with last, without names and addresses.
             * @example ProviderTimeout: twilio: send
             */
            lastError: string | null;
            /**
             * Format: date-time
             * @description When the event happened.
             * @example 2026-11-21T09:00:00.000Z
             */
            occurredAt: string;
            /**
             * Format: uuid
             * @description The school it happened in.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            schoolId: string | null;
            /**
             * @description What became of it.
             * @example dead
             * @enum {string}
             */
            state: "dead" | "open";
        };
        DeliveryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["DeliveryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        DocumentDto: {
            /**
             * @description Length in bytes.
             * @example 48213
             */
            bytes: number;
            /**
             * Format: date
             * @description The last day it counts.
             * @example 2027-03-31
             */
            expiresOn: string | null;
            /**
             * Format: uuid
             * @description Id of the document.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description What the document is.
             * @example medical_form
             * @enum {string}
             */
            kind: "medical_form" | "first_aid_proof" | "passport_photo" | "contract" | "other";
            /**
             * @description Media type, told from the file’s bytes.
             * @example application/pdf
             */
            mediaType: string;
            /**
             * @description What its sender called the file.
             * @example laegeattest.pdf
             */
            name: string;
            /**
             * @description SHA-256 of the bytes, in hexadecimal.
             * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
             */
            sha256: string;
            /**
             * Format: date-time
             * @description When it was uploaded.
             * @example 2026-11-21T09:00:00.000Z
             */
            uploadedAt: string;
            /**
             * Format: uuid
             * @description Who uploaded it: the user, or the API key.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            uploadedBy: string;
        };
        DocumentPage: {
            /** @description The items of this page. */
            items: components["schemas"]["DocumentDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        EnrolSecondFactorDto: {
            /**
             * Format: password
             * @description The password, once more.
             * @example demo-password-2026
             */
            password: string;
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
        EraseStudentDto: {
            /**
             * @description Why. Goes into the audit log.
             * @example student_asked
             * @enum {string}
             */
            reason: "student_asked" | "guardian_asked" | "not_needed";
        };
        ErasureDto: {
            /**
             * Format: date-time
             * @description When the student’s name left every list; null while it is at work.
             * @example 2026-11-21T09:00:02.000Z
             */
            erasedAt: string | null;
            /** @description Whose the lessons were, for as long as the lesson log must be shown. Kept sealed; reading it is written down. */
            identity: components["schemas"]["KeptIdentityDto"] | null;
            /** @description What became of each part. */
            parts: components["schemas"]["ErasurePartDto"][];
            /**
             * @description Why.
             * @example student_asked
             * @enum {string}
             */
            reason: "student_asked" | "guardian_asked" | "not_needed";
            /**
             * Format: date-time
             * @description When it was asked for.
             * @example 2026-11-21T09:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: uuid
             * @description Id of the student.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        ErasurePartDto: {
            /**
             * Format: date
             * @description When the law lets (the next of) it go.
             * @example 2028-11-21
             */
            keptUntil: string | null;
            /**
             * @description Which part of what the school keeps.
             * @example lessons
             */
            part: string;
            /**
             * @description open: not seen to yet; kept: the law keeps some of it; done: nothing is left.
             * @example kept
             * @enum {string}
             */
            state: "open" | "kept" | "done";
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
        FileLinkDto: {
            /**
             * Format: date-time
             * @description When the link stops working.
             * @example 2026-11-21T09:05:00.000Z
             */
            expiresAt: string;
            /**
             * @description Opens the file for whoever has it: keep it private.
             * @example https://api.example.com/files/AZrxq3wAcACAAAAAAAAAAWkf
             */
            url: string;
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
        GuardianDto: {
            /**
             * Format: date-time
             * @description When the guardian was added.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: email
             * @description E-mail address, also the login.
             * @example karen@example.com
             */
            email: string;
            /**
             * Format: date
             * @description The student’s eighteenth birthday: from then on the guardian sees nothing of him. Null while the birth date is unknown, when he sees nothing either.
             * @example 2027-03-14
             */
            endsOn: string | null;
            /**
             * Format: uuid
             * @description Id of the guardianship.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Full name; of somebody who belongs to another school, too, the address: his name is his own to tell.
             * @example Karen Lund
             */
            name: string;
            /**
             * @description Mobile number; null also of somebody who belongs to another school, which may not be told.
             * @example +4520123459
             */
            phone: string | null;
            /**
             * @description What the guardian is to the student.
             * @example mother
             * @enum {string|null}
             */
            relation: "mother" | "father" | "foster_parent" | "appointed" | "other" | null;
        };
        GuardianPage: {
            /** @description The items of this page. */
            items: components["schemas"]["GuardianDto"][];
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
        ImportCellsDto: {
            /**
             * @description As the file has it.
             * @example Sundkrogsgade 7
             */
            addressLine?: string;
            /**
             * @description As the file has it.
             * @example 14-03-2009
             */
            birthDate?: string;
            /**
             * @description As the file has it.
             * @example Nordhavn
             */
            city?: string;
            /**
             * @description As the file has it.
             * @example freja@example.com
             */
            email?: string;
            /**
             * @description As the file has it.
             * @example Freja
             */
            firstName?: string;
            /**
             * @description As the file has it.
             * @example Lund
             */
            lastName?: string;
            /**
             * @description As the file has it.
             * @example B
             */
            licenceClass?: string;
            /**
             * @description As the file has it.
             * @example Freja Lund
             */
            name?: string;
            /**
             * @description As the file has it.
             * @example 20 12 34 58
             */
            phone?: string;
            /**
             * @description As the file has it.
             * @example 2150
             */
            postcode?: string;
        };
        ImportCountsDto: {
            /**
             * @description Are students now.
             * @example 0
             */
            enrolled: number;
            /**
             * @description Cannot be enrolled; each row says why.
             * @example 2
             */
            invalid: number;
            /**
             * @description Looked right, and could not be enrolled after all; each row says why.
             * @example 0
             */
            refused: number;
            /**
             * @description Not looked at yet.
             * @example 0
             */
            unchecked: number;
            /**
             * @description May be enrolled.
             * @example 118
             */
            valid: number;
        };
        ImportDto: {
            /**
             * Format: date-time
             * @description When the list was uploaded.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was done or cancelled.
             * @example null
             */
            finishedAt: string | null;
            /**
             * Format: uuid
             * @description Id of the import.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Headings of the file that mean nothing here; nothing of these columns is kept.
             * @example [
             *       "Hold"
             *     ]
             */
            ignoredColumns: string[];
            /**
             * @description Whether those who are enrolled get an invitation.
             * @example true
             */
            invite: boolean;
            /** @description How many rows are in each state. */
            rows: components["schemas"]["ImportCountsDto"];
            /**
             * @description checking: a job looks at each row. ready: nobody is enrolled yet; start it or cancel it. enrolling: a job enrols the valid rows.
             * @example ready
             * @enum {string}
             */
            state: "checking" | "ready" | "enrolling" | "done" | "cancelled";
        };
        ImportRowDto: {
            /** @description What the row says; null once the student is enrolled. */
            cells: components["schemas"]["ImportCellsDto"] | null;
            /** @description What is wrong with it. */
            errors: components["schemas"]["ImportRowErrorDto"][];
            /**
             * @description As a spreadsheet counts: the headings are row 1.
             * @example 7
             */
            number: number;
            /**
             * @description What became of the row.
             * @example invalid
             * @enum {string}
             */
            state: "unchecked" | "valid" | "invalid" | "enrolled" | "refused";
            /**
             * Format: uuid
             * @description The student that came of it.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string | null;
        };
        ImportRowErrorDto: {
            /**
             * @description The field that is wrong; empty: the row as a whole.
             * @example phone
             */
            field: string;
            /**
             * @description What is wrong with it, in the language of the request.
             * @example must be a phone number such as +4520123456
             */
            message: string;
        };
        ImportRowPage: {
            /** @description The items of this page. */
            items: components["schemas"]["ImportRowDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        ImportSummaryDto: {
            /**
             * Format: date-time
             * @description When the list was uploaded.
             * @example 2026-11-01T09:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was done or cancelled.
             * @example null
             */
            finishedAt: string | null;
            /**
             * Format: uuid
             * @description Id of the import.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description Headings of the file that mean nothing here; nothing of these columns is kept.
             * @example [
             *       "Hold"
             *     ]
             */
            ignoredColumns: string[];
            /**
             * @description Whether those who are enrolled get an invitation.
             * @example true
             */
            invite: boolean;
            /**
             * @description checking: a job looks at each row. ready: nobody is enrolled yet; start it or cancel it. enrolling: a job enrols the valid rows.
             * @example ready
             * @enum {string}
             */
            state: "checking" | "ready" | "enrolling" | "done" | "cancelled";
        };
        ImportSummaryPage: {
            /** @description The items of this page. */
            items: components["schemas"]["ImportSummaryDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        InviteMemberDto: {
            /**
             * Format: email
             * @description Where the invitation goes; also the login.
             * @example line@nordhavn.example
             */
            email: string;
            /**
             * @description Language of messages.
             * @example da
             * @enum {string}
             */
            locale?: "da" | "en";
            /**
             * @description Full name. Somebody who is known already keeps his own.
             * @example Line Dahl
             */
            name: string;
            /**
             * @description Mobile number.
             * @example +4520123459
             */
            phone?: string | null;
            /**
             * @description Only an owner makes owners.
             * @example office
             * @enum {string}
             */
            role: "owner" | "office";
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
            /**
             * @description The open charges to put on it; all of the student’s when left out.
             * @example [
             *       "019aa1b2-7c00-7000-8000-000000000001"
             *     ]
             */
            chargeIds?: string[];
            /**
             * Format: uuid
             * @description The student who is invoiced.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            studentId: string;
        };
        KeptIdentityDto: {
            /**
             * Format: date
             * @description Date of birth.
             * @example 2009-03-14
             */
            birthDate: string | null;
            /**
             * @description Full name.
             * @example Freja Lund
             */
            name: string;
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
             * Format: password
             * @description For an account with a second factor: what the authenticator app shows, or a recovery code.
             * @example 492039
             */
            code?: string;
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
        MemberDto: {
            /**
             * Format: email
             * @description The login.
             * @example line@nordhavn.example
             */
            email: string;
            /**
             * @description Has accepted an invitation and can sign in.
             * @example true
             */
            hasJoined: boolean;
            /**
             * @description Signs in with a second factor.
             * @example false
             */
            hasSecondFactor: boolean;
            /**
             * Format: date-time
             * @description Until when the school’s invitation can be accepted; null when none is open.
             * @example 2026-12-15T09:00:00Z
             */
            invitedUntil: string | null;
            /**
             * @description Full name; of somebody who belongs to another school, too, the address: his name is his own to tell.
             * @example Line Dahl
             */
            name: string;
            /**
             * @description What the person is in this school.
             * @example [
             *       "office"
             *     ]
             */
            roles: ("owner" | "office" | "teacher" | "guardian" | "student")[];
            /**
             * Format: uuid
             * @description Id of the person.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            userId: string;
        };
        MemberPage: {
            /** @description The items of this page. */
            items: components["schemas"]["MemberDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        MembershipDto: {
            /**
             * @description The role there; a person may have several.
             * @example owner
             * @enum {string}
             */
            role: "owner" | "office" | "teacher" | "guardian" | "student";
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
        OfferedSecondFactorDto: {
            /**
             * Format: password
             * @description The same as a picture to scan, SVG.
             * @example <svg xmlns="…">…</svg>
             */
            qrSvg: string;
            /**
             * Format: password
             * @description For an app that cannot scan.
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * Format: password
             * @description What the app reads.
             * @example otpauth://totp/Just%20Driving:owner%40nordhavn.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            uri: string;
        };
        OpenSupportAccessDto: {
            /**
             * @description For how long.
             * @example 30
             */
            minutes: number;
            /**
             * @description Why. The school’s owner reads it.
             * @example Ticket 4711: a booking is missing
             */
            reason: string;
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
        OverviewDto: {
            /**
             * @description The database answers.
             * @example up
             * @enum {string}
             */
            database: "up" | "down";
            /**
             * @description Deliveries that were given up.
             * @example 0
             */
            deadLetters: number;
            /**
             * @description Schedules whose last run failed.
             * @example [
             *       "finance.reconcile-payments"
             *     ]
             */
            failedSchedules: string[];
            /**
             * Format: date-time
             * @description When the oldest of them came.
             * @example null
             */
            oldestUnprocessedWebhook: string | null;
            /**
             * Format: date-time
             * @description Since when the oldest of them waits.
             * @example null
             */
            oldestWaiting: string | null;
            /**
             * @description Schedules whose time has come and that no worker has taken.
             * @example [
             *       "notifications.reminders"
             *     ]
             */
            overdueSchedules: string[];
            /**
             * @description Redis answers.
             * @example up
             * @enum {string}
             */
            redis: "up" | "down";
            /**
             * @description As /health/ready says it.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "degraded" | "unavailable";
            /**
             * @description Webhooks that are stored and not acted on yet.
             * @example 0
             */
            unprocessedWebhooks: number;
            /**
             * @description Deliveries whose time has come.
             * @example 3
             */
            waitingDeliveries: number;
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
        } & {
            [key: string]: unknown;
        };
        ProvenDto: {
            /**
             * Format: password
             * @description What the authenticator app shows, or a recovery code.
             * @example 492039
             */
            code: string;
            /**
             * Format: password
             * @description The password, once more.
             * @example demo-password-2026
             */
            password: string;
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
        RecoveryCodesDto: {
            /**
             * @description Ten codes, each good for one sign-in without the app. Shown this once: print them.
             * @example [
             *       "7KQM-2XRT-9BHD-W4CN"
             *     ]
             */
            recoveryCodes: string[];
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
        RetriedDto: {
            /**
             * @description How many are tried again.
             * @example 12
             */
            retried: number;
        };
        RetryAllDto: {
            /**
             * @description Only those of this handler; all when left out.
             * @example notifications.lesson-booked
             */
            handler?: string;
        };
        RunScheduleDto: {
            /**
             * @description Its name.
             * @example notifications.reminders
             */
            name: string;
        };
        ScheduleDto: {
            /**
             * @description Its time has come, and no worker has taken it.
             * @example false
             */
            isOverdue: boolean;
            /**
             * @description What its last run failed with.
             * @example null
             */
            lastError: string | null;
            /**
             * Format: date-time
             * @description When it last ended.
             * @example 2026-11-21T09:00:00.200Z
             */
            lastFinishedAt: string | null;
            /**
             * Format: date-time
             * @description When it last began.
             * @example 2026-11-21T09:00:00.000Z
             */
            lastStartedAt: string | null;
            /**
             * @description Its name.
             * @example notifications.reminders
             */
            name: string;
            /**
             * Format: date-time
             * @description When it runs next.
             * @example 2026-11-21T09:00:20.000Z
             */
            nextRunAt: string;
        };
        ScheduleListDto: {
            /** @description Every schedule, by name. */
            items: components["schemas"]["ScheduleDto"][];
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
        SecondFactorDto: {
            /**
             * Format: date-time
             * @description Since when it counts.
             * @example 2026-12-01T09:00:00Z
             */
            enabledAt: string | null;
            /**
             * @description Recovery codes that have not been used.
             * @example 10
             */
            recoveryCodesLeft: number;
            /**
             * @description none; offered: not confirmed yet, so it does not count; enabled.
             * @example enabled
             * @enum {string}
             */
            state: "none" | "offered" | "enabled";
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
        SessionOfMineDto: {
            /**
             * @description The address it was opened from.
             * @example 203.0.113.7
             */
            address: string | null;
            /**
             * Format: date-time
             * @description When it was opened.
             * @example 2026-12-01T09:00:00Z
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the session.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The one that asks.
             * @example true
             */
            isCurrent: boolean;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             * @example 2026-12-02T10:15:00Z
             */
            lastUsedAt: string | null;
            /**
             * @description The program it was opened with, as that calls itself.
             * @example Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)
             */
            userAgent: string | null;
        };
        SessionOfMinePage: {
            /** @description The items of this page. */
            items: components["schemas"]["SessionOfMineDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        SetMemberRolesDto: {
            /**
             * @description The office roles the member has from now on; empty for a teacher who shall have none.
             * @example [
             *       "office"
             *     ]
             */
            roles: ("owner" | "office")[];
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
        StartImportDto: {
            /**
             * @description Whether those who are enrolled get an invitation by e-mail at once.
             * @default true
             * @example true
             */
            invite: boolean;
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
        SupportAccessDto: {
            /**
             * Format: date-time
             * @description When somebody ended it before.
             * @example null
             */
            closedAt: string | null;
            /**
             * Format: date-time
             * @description When it ends by itself.
             * @example 2026-12-01T08:30:00Z
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description Id of the access.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description His name.
             * @example Sofie Krogh
             */
            name: string;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-12-01T08:00:00Z
             */
            openedAt: string;
            /**
             * @description Why. The school’s owner reads it.
             * @example Ticket 4711: a booking is missing
             */
            reason: string;
            /**
             * Format: uuid
             * @description Id of the platform administrator.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            userId: string;
        };
        SupportAccessPage: {
            /** @description The items of this page. */
            items: components["schemas"]["SupportAccessDto"][];
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
        UpdateAccountDto: {
            /**
             * @description Language of messages.
             * @example da
             * @enum {string}
             */
            locale?: "da" | "en";
            /**
             * @description Full name.
             * @example Mette Holm
             */
            name?: string;
            /**
             * @description Mobile number.
             * @example +4520123456
             */
            phone?: string | null;
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
        WebhookDto: {
            /**
             * Format: uuid
             * @description Its id here.
             * @example 019aa1b2-7c00-7000-8000-000000000001
             */
            id: string;
            /**
             * @description The provider’s word for what happened.
             * @example checkout.session.completed
             */
            kind: string;
            /**
             * Format: date-time
             * @description When it was acted on.
             * @example 2026-11-21T09:00:00.200Z
             */
            processedAt: string | null;
            /**
             * @description Who sent it.
             * @example stripe
             */
            provider: string;
            /**
             * Format: date-time
             * @description When it came.
             * @example 2026-11-21T09:00:00.000Z
             */
            receivedAt: string;
            /**
             * @description What became of it.
             * @example processed
             * @enum {string}
             */
            state: "received" | "processed" | "ignored";
        };
        WebhookPage: {
            /** @description The items of this page. */
            items: components["schemas"]["WebhookDto"][];
            /**
             * @description Pass it as `cursor` to get the next page; null on the last.
             * @example null
             */
            nextCursor: string | null;
        };
        WeeklyHoursDto: {
            /**
             * @description End, on a quarter hour, after the start; 24:00 is midnight.
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
             * @description End, on a quarter hour, after the start; 24:00 is midnight.
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
    responses: {
        /** @description URI Too Long */
        AddressTooLong: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Request Header Fields Too Large */
        HeadersTooLarge: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Internal Server Error */
        InternalProblem: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Bad Request */
        InvalidRequestOrMalformedRequestOrRequestTooDeep: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Unprocessable Entity */
        KeyReused: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Forbidden */
        NotAllowed: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Forbidden */
        NotAllowedOrScopeMissing: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Forbidden */
        NotAllowedOrScopeMissingOrSecondFactorNeeded: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Forbidden */
        NotAllowedOrSecondFactorNeeded: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Not Modified: what `If-None-Match` names is still what there is. */
        NotModified: {
            headers: {
                ETag: components["headers"]["ETag"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Precondition Failed */
        PreconditionFailed: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Conflict */
        RequestInFlight: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Payload Too Large */
        RequestTooLarge: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Not Found */
        ResourceNotFoundOrRouteNotFound: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Service Unavailable */
        ServiceBusy: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Unauthorized */
        SignInRequired: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                "Content-Language": components["headers"]["Content-Language"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDto"];
            };
        };
    };
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
    headers: {
        /** @description The language of the problem’s texts, by `Accept-Language`. */
        "Content-Language": "en" | "da";
        /** @description Names this very answer: for `If-None-Match` when you read it again, for `If-Match` when you change it. */
        ETag: string;
        /** @description `true` when this is the stored answer to an earlier request with the same `Idempotency-Key`. */
        "Idempotent-Replayed": "true";
        /** @description What is left of each limit: `r` requests, all of them again in `t` seconds. */
        RateLimit: string;
        /** @description The limits that count this request: `q` requests in `w` seconds. */
        "RateLimit-Policy": string;
        /** @description Seconds after which a repeat makes sense; not on every problem of this status. */
        "Retry-After": number;
        /** @description How to sign in. */
        "WWW-Authenticate": string;
        /** @description Finds this request in the logs: the caller’s own `X-Request-Id`, else a new one. */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    downloadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The end of the link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/zip": string;
                    "image/heic": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/webp": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["LivenessDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            414: components["responses"]["AddressTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "checks": {
                     *         "database": "up",
                     *         "redis": "up",
                     *         "accepting": "up"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ReadinessDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            414: components["responses"]["AddressTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            /** @description It cannot, and what of it is missing. */
            503: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "checks": {
                     *         "database": "up",
                     *         "redis": "up",
                     *         "accepting": "up"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ReadinessDto"];
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    getMetrics: {
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listPlatformAuditEntries: {
        parameters: {
            query?: {
                /** @description Only this action, `refund.requested`, or all that was done to a kind of thing, `refund`. */
                action?: string;
                /** @description Only what this user or API key did. */
                actorId?: string;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only what was done then or later. */
                from?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "at" | "-at";
                /** @description Only what was done to this student, invoice, payment, booking … */
                subjectId?: string;
                /** @description Only what was done before. */
                until?: string;
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "at": "2026-12-01T08:00:00.000Z",
                     *           "actor": {
                     *             "kind": "user",
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm",
                     *             "role": "owner"
                     *           },
                     *           "action": "refund.requested",
                     *           "subjectId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "details": {
                     *             "paymentId": "019aa1b2-7c00-7000-8000-000000000002",
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "requestId": "019aa1b2-7c00-7000-8000-000000000003"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "token": "mJx0y9V1h2m3c4b5a6Z7",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["AcceptInvitationDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "email": "owner@nordhavn.example",
                     *         "name": "Mette Holm",
                     *         "phone": "+4520123456",
                     *         "locale": "da",
                     *         "isPlatformAdmin": false
                     *       },
                     *       "memberships": [
                     *         {
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "role": "owner"
                     *         }
                     *       ],
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIwMTlhYTFiMiJ9.c2lnbmF0dXJl",
                     *       "refreshToken": "mJx0y9V1h2m3c4b5a6Z7",
                     *       "expiresIn": 900
                     *     }
                     */
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "email": "owner@nordhavn.example",
                 *       "password": "demo-password-2026",
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "email": "owner@nordhavn.example",
                     *         "name": "Mette Holm",
                     *         "phone": "+4520123456",
                     *         "locale": "da",
                     *         "isPlatformAdmin": false
                     *       },
                     *       "memberships": [
                     *         {
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "role": "owner"
                     *         }
                     *       ],
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIwMTlhYTFiMiJ9.c2lnbmF0dXJl",
                     *       "refreshToken": "mJx0y9V1h2m3c4b5a6Z7",
                     *       "expiresIn": 900
                     *     }
                     */
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "refreshToken": "mJx0y9V1h2m3c4b5a6Z7"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "email": "owner@nordhavn.example"
                 *     }
                 */
                "application/json": components["schemas"]["RequestPasswordResetDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "token": "mJx0y9V1h2m3c4b5a6Z7",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["CompletePasswordResetDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "refreshToken": "mJx0y9V1h2m3c4b5a6Z7"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "email": "owner@nordhavn.example",
                     *         "name": "Mette Holm",
                     *         "phone": "+4520123456",
                     *         "locale": "da",
                     *         "isPlatformAdmin": false
                     *       },
                     *       "memberships": [
                     *         {
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "role": "owner"
                     *         }
                     *       ],
                     *       "accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIwMTlhYTFiMiJ9.c2lnbmF0dXJl",
                     *       "refreshToken": "mJx0y9V1h2m3c4b5a6Z7",
                     *       "expiresIn": 900
                     *     }
                     */
                    "application/json": components["schemas"]["SessionDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "email": "owner@nordhavn.example",
                     *         "name": "Mette Holm",
                     *         "phone": "+4520123456",
                     *         "locale": "da",
                     *         "isPlatformAdmin": false
                     *       },
                     *       "memberships": [
                     *         {
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "role": "owner"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateMyAccount: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Mette Holm",
                 *       "phone": "+4520123456",
                 *       "locale": "da"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateAccountDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "email": "owner@nordhavn.example",
                     *         "name": "Mette Holm",
                     *         "phone": "+4520123456",
                     *         "locale": "da",
                     *         "isPlatformAdmin": false
                     *       },
                     *       "memberships": [
                     *         {
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "role": "owner"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    changeMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "demo-password-2026",
                 *       "newPassword": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["ChangePasswordDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    getMySecondFactor: {
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "enabled",
                     *       "enabledAt": "2026-12-01T09:00:00Z",
                     *       "recoveryCodesLeft": 10
                     *     }
                     */
                    "application/json": components["schemas"]["SecondFactorDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    enrolSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "demo-password-2026"
                 *     }
                 */
                "application/json": components["schemas"]["EnrolSecondFactorDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/Just%20Driving:owner%40nordhavn.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "qrSvg": "<svg xmlns=\"…\">…</svg>"
                     *     }
                     */
                    "application/json": components["schemas"]["OfferedSecondFactorDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmSecondFactorDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7KQM-2XRT-9BHD-W4CN"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    disableSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "demo-password-2026",
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["ProvenDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "demo-password-2026",
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["ProvenDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7KQM-2XRT-9BHD-W4CN"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listMySessions: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "address": "203.0.113.7",
                     *           "userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)",
                     *           "createdAt": "2026-12-01T09:00:00Z",
                     *           "lastUsedAt": "2026-12-02T10:15:00Z",
                     *           "isCurrent": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOfMinePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    endAllMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the session. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only those of this handler. */
                handler?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description dead: given up; open: waiting, running or to be tried again. */
                state?: "dead" | "open";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "eventId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "handler": "notifications.lesson-booked",
                     *           "event": "bookings.lesson_booked",
                     *           "schoolId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "state": "dead",
                     *           "occurredAt": "2026-11-21T09:00:00.000Z",
                     *           "dueAt": "2026-11-21T09:04:00.000Z",
                     *           "failures": 8,
                     *           "lastError": "ProviderTimeout: twilio: send"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    discardDeadLetter: {
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
                /**
                 * @example {
                 *       "eventId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "handler": "notifications.lesson-booked"
                 *     }
                 */
                "application/json": components["schemas"]["DeadLetterDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    retryDeadLetter: {
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
                /**
                 * @example {
                 *       "eventId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "handler": "notifications.lesson-booked"
                 *     }
                 */
                "application/json": components["schemas"]["DeadLetterDto"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    retryAllDeadLetters: {
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
                /**
                 * @example {
                 *       "handler": "notifications.lesson-booked"
                 *     }
                 */
                "application/json": components["schemas"]["RetryAllDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "retried": 12
                     *     }
                     */
                    "application/json": components["schemas"]["RetriedDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    getOperationsOverview: {
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "database": "up",
                     *       "redis": "up",
                     *       "deadLetters": 0,
                     *       "waitingDeliveries": 3,
                     *       "oldestWaiting": null,
                     *       "unprocessedWebhooks": 0,
                     *       "oldestUnprocessedWebhook": null,
                     *       "overdueSchedules": [
                     *         "notifications.reminders"
                     *       ],
                     *       "failedSchedules": [
                     *         "finance.reconcile-payments"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OverviewDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listSchedules: {
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "notifications.reminders",
                     *           "nextRunAt": "2026-11-21T09:00:20.000Z",
                     *           "lastStartedAt": "2026-11-21T09:00:00.000Z",
                     *           "lastFinishedAt": "2026-11-21T09:00:00.200Z",
                     *           "lastError": null,
                     *           "isOverdue": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ScheduleListDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    runSchedule: {
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
                /**
                 * @example {
                 *       "name": "notifications.reminders"
                 *     }
                 */
                "application/json": components["schemas"]["RunScheduleDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "receivedAt" | "-receivedAt";
                /** @description received: not acted on yet; processed; ignored: nothing in it was for us. */
                state?: "received" | "processed" | "ignored";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "provider": "stripe",
                     *           "kind": "checkout.session.completed",
                     *           "state": "processed",
                     *           "receivedAt": "2026-11-21T09:00:00.000Z",
                     *           "processedAt": "2026-11-21T09:00:00.200Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    replayWebhook: {
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
                /** @description Id of the webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listSchools: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "Nordhavn Køreskole",
                     *           "city": "Nordhavn",
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "slug": "nordhavn",
                     *           "createdAt": "2026-11-01T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "name": "Nordhavn Køreskole",
                 *       "cvr": "12345674",
                 *       "email": "hej@nordhavn.example",
                 *       "phone": "+4533112233",
                 *       "addressLine": "Århusgade 88",
                 *       "postcode": "2150",
                 *       "city": "Nordhavn",
                 *       "locale": "da",
                 *       "reminderLeadMinutes": 1440,
                 *       "slug": "nordhavn",
                 *       "owner": {
                 *         "email": "owner@nordhavn.example",
                 *         "name": "Mette Holm",
                 *         "phone": "+4520123456"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateSchoolDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Nordhavn Køreskole",
                     *       "cvr": "12345674",
                     *       "email": "hej@nordhavn.example",
                     *       "phone": "+4533112233",
                     *       "addressLine": "Århusgade 88",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "locale": "da",
                     *       "reminderLeadMinutes": 1440,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "slug": "nordhavn",
                     *       "zone": "Europe/Copenhagen",
                     *       "currency": "DKK",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Nordhavn Køreskole",
                     *       "cvr": "12345674",
                     *       "email": "hej@nordhavn.example",
                     *       "phone": "+4533112233",
                     *       "addressLine": "Århusgade 88",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "locale": "da",
                     *       "reminderLeadMinutes": 1440,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "slug": "nordhavn",
                     *       "zone": "Europe/Copenhagen",
                     *       "currency": "DKK",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissingOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateSchool: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nordhavn Køreskole",
                 *       "cvr": "12345674",
                 *       "email": "hej@nordhavn.example",
                 *       "phone": "+4533112233",
                 *       "addressLine": "Århusgade 88",
                 *       "postcode": "2150",
                 *       "city": "Nordhavn",
                 *       "locale": "da",
                 *       "reminderLeadMinutes": 1440
                 *     }
                 */
                "application/json": components["schemas"]["UpdateSchoolDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Nordhavn Køreskole",
                     *       "cvr": "12345674",
                     *       "email": "hej@nordhavn.example",
                     *       "phone": "+4533112233",
                     *       "addressLine": "Århusgade 88",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "locale": "da",
                     *       "reminderLeadMinutes": 1440,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "slug": "nordhavn",
                     *       "zone": "Europe/Copenhagen",
                     *       "currency": "DKK",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Website calendar",
                     *           "prefix": "jd_mJx0y9V1",
                     *           "scopes": [
                     *             "availability.read",
                     *             "booking.read"
                     *           ],
                     *           "createdBy": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "createdAt": "2026-12-01T09:00:00Z",
                     *           "expiresAt": "2027-12-31T23:00:00Z",
                     *           "lastUsedAt": "2026-12-02T10:15:00Z",
                     *           "revokedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    createApiKey: {
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
                /**
                 * @example {
                 *       "name": "Website calendar",
                 *       "scopes": [
                 *         "availability.read",
                 *         "booking.read"
                 *       ],
                 *       "expiresAt": "2027-12-31T23:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Website calendar",
                     *       "prefix": "jd_mJx0y9V1",
                     *       "scopes": [
                     *         "availability.read",
                     *         "booking.read"
                     *       ],
                     *       "createdBy": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "createdAt": "2026-12-01T09:00:00Z",
                     *       "expiresAt": "2027-12-31T23:00:00Z",
                     *       "lastUsedAt": "2026-12-02T10:15:00Z",
                     *       "revokedAt": null,
                     *       "secret": "jd_mJx0y9V1h2m3c4b5a6Z7mJx0y9V1h2m3c4b5a6Z7abc"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedApiKeyDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the api key. */
                apiKeyId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Only this action, `refund.requested`, or all that was done to a kind of thing, `refund`. */
                action?: string;
                /** @description Only what this user or API key did. */
                actorId?: string;
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only what was done then or later. */
                from?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "at" | "-at";
                /** @description Only what was done to this student, invoice, payment, booking … */
                subjectId?: string;
                /** @description Only what was done before. */
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "at": "2026-12-01T08:00:00.000Z",
                     *           "actor": {
                     *             "kind": "user",
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm",
                     *             "role": "owner"
                     *           },
                     *           "action": "refund.requested",
                     *           "subjectId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "details": {
                     *             "paymentId": "019aa1b2-7c00-7000-8000-000000000002",
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "requestId": "019aa1b2-7c00-7000-8000-000000000003"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "startsAt" | "-startsAt";
                /** @description In this state alone. */
                state?: components["schemas"]["BookingState"];
                /** @description This student’s alone. Students see their own in any case, guardians their wards’. */
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "state": "booked",
                     *           "startsAt": "2026-12-01T08:00:00.000Z",
                     *           "endsAt": "2026-12-01T08:45:00.000Z",
                     *           "student": {
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm"
                     *           },
                     *           "teacher": {
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm"
                     *           },
                     *           "vehicle": {
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm"
                     *           },
                     *           "lessonType": {
                     *             "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *             "name": "Mette Holm"
                     *           },
                     *           "price": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "cancelBy": "2026-11-30T08:00:00.000Z",
                     *           "lateFee": {
                     *             "amount": 30000,
                     *             "currency": "DKK"
                     *           },
                     *           "fee": {
                     *             "amount": 0,
                     *             "currency": "DKK"
                     *           },
                     *           "cancelledAt": null,
                     *           "cancelReason": null,
                     *           "createdAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["BookingPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "lessonTypeId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "startsAt": "2026-12-01T09:00:00+01:00",
                 *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "teacherId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "vehicleId": "019aa1b2-7c00-7000-8000-000000000001"
                 *     }
                 */
                "application/json": components["schemas"]["BookLessonDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "reason": "Syg",
                 *       "forStudent": false
                 *     }
                 */
                "application/json": components["schemas"]["CancelBookingDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "fee": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CancellationTermsDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "startsAt": "2026-12-02T09:00:00+01:00",
                 *       "teacherId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "vehicleId": "019aa1b2-7c00-7000-8000-000000000001"
                 *     }
                 */
                "application/json": components["schemas"]["RescheduleBookingDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "booked",
                     *       "startsAt": "2026-12-01T08:00:00.000Z",
                     *       "endsAt": "2026-12-01T08:45:00.000Z",
                     *       "student": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "teacher": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "vehicle": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "lessonType": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "name": "Mette Holm"
                     *       },
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelBy": "2026-11-30T08:00:00.000Z",
                     *       "lateFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "fee": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "cancelledAt": null,
                     *       "cancelReason": null,
                     *       "createdAt": "2026-11-21T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BookingDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listCharges: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "source": "booking",
                     *           "sourceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "description": "Kørelektion 2026-12-01 09:00",
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "vatRateBp": 2500,
                     *           "state": "open",
                     *           "invoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "occurredAt": "2026-12-01T08:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ChargePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "description": "Lærebog",
                 *       "gross": {
                 *         "amount": 65000,
                 *         "currency": "DKK"
                 *       },
                 *       "vatRateBp": 2500
                 *     }
                 */
                "application/json": components["schemas"]["CreateChargeDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "source": "booking",
                     *       "sourceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "description": "Kørelektion 2026-12-01 09:00",
                     *       "gross": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "vatRateBp": 2500,
                     *       "state": "open",
                     *       "invoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "occurredAt": "2026-12-01T08:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ChargeDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentTermsDays": 8,
                     *       "bankAccount": "1234 0001234567"
                     *     }
                     */
                    "application/json": components["schemas"]["FinanceSettingsDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateFinanceSettings: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "paymentTermsDays": 8,
                 *       "bankAccount": "1234 0001234567"
                 *     }
                 */
                "application/json": components["schemas"]["FinanceSettingsDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentTermsDays": 8,
                     *       "bankAccount": "1234 0001234567"
                     *     }
                     */
                    "application/json": components["schemas"]["FinanceSettingsDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description When this student is free too. Students always ask for themselves. */
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "startsAt": "2026-12-01T08:00:00.000Z",
                     *           "endsAt": "2026-12-01T08:45:00.000Z",
                     *           "teacherId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "teacherName": "Mette Holm",
                     *           "vehicleId": "019aa1b2-7c00-7000-8000-000000000001"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["FreeTimePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt" | "number" | "-number" | "dueOn" | "-dueOn";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "kind": "invoice",
                     *           "number": 42,
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "state": "issued",
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "outstanding": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "issuedOn": "2026-12-01",
                     *           "dueOn": "2026-12-09",
                     *           "creditsInvoiceId": "019aa1b2-7c00-7000-8000-000000000001"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                 *       "chargeIds": [
                 *         "019aa1b2-7c00-7000-8000-000000000001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["IssueInvoiceDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "kind": "invoice",
                     *       "number": 42,
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "issued",
                     *       "gross": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "outstanding": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedOn": "2026-12-01",
                     *       "dueOn": "2026-12-09",
                     *       "creditsInvoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "net": {
                     *         "amount": 52000,
                     *         "currency": "DKK"
                     *       },
                     *       "vat": {
                     *         "amount": 13000,
                     *         "currency": "DKK"
                     *       },
                     *       "paid": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "credited": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedAt": "2026-12-01T08:00:00.000Z",
                     *       "seller": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø",
                     *         "cvr": "10150817",
                     *         "email": "kontor@nordhavn.example",
                     *         "phone": "+4533112233",
                     *         "bankAccount": "1234 0001234567"
                     *       },
                     *       "buyer": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø"
                     *       },
                     *       "lines": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "chargeId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "description": "Kørelektion 2026-12-01 09:00",
                     *           "quantity": 1,
                     *           "unitGross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ],
                     *       "vatByRate": [
                     *         {
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "kind": "invoice",
                     *       "number": 42,
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "issued",
                     *       "gross": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "outstanding": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedOn": "2026-12-01",
                     *       "dueOn": "2026-12-09",
                     *       "creditsInvoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "net": {
                     *         "amount": 52000,
                     *         "currency": "DKK"
                     *       },
                     *       "vat": {
                     *         "amount": 13000,
                     *         "currency": "DKK"
                     *       },
                     *       "paid": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "credited": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedAt": "2026-12-01T08:00:00.000Z",
                     *       "seller": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø",
                     *         "cvr": "10150817",
                     *         "email": "kontor@nordhavn.example",
                     *         "phone": "+4533112233",
                     *         "bankAccount": "1234 0001234567"
                     *       },
                     *       "buyer": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø"
                     *       },
                     *       "lines": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "chargeId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "description": "Kørelektion 2026-12-01 09:00",
                     *           "quantity": 1,
                     *           "unitGross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ],
                     *       "vatByRate": [
                     *         {
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "url": "https://checkout.stripe.com/c/pay/cs_test_a1"
                     *     }
                     */
                    "application/json": components["schemas"]["CheckoutDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
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
                /**
                 * @example {
                 *       "chargeIds": [
                 *         "019aa1b2-7c00-7000-8000-000000000001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreditInvoiceDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "kind": "invoice",
                     *       "number": 42,
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "issued",
                     *       "gross": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "outstanding": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedOn": "2026-12-01",
                     *       "dueOn": "2026-12-09",
                     *       "creditsInvoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "net": {
                     *         "amount": 52000,
                     *         "currency": "DKK"
                     *       },
                     *       "vat": {
                     *         "amount": 13000,
                     *         "currency": "DKK"
                     *       },
                     *       "paid": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "credited": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "issuedAt": "2026-12-01T08:00:00.000Z",
                     *       "seller": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø",
                     *         "cvr": "10150817",
                     *         "email": "kontor@nordhavn.example",
                     *         "phone": "+4533112233",
                     *         "bankAccount": "1234 0001234567"
                     *       },
                     *       "buyer": {
                     *         "name": "Sofie Ærø",
                     *         "addressLine": "Østergade 2",
                     *         "postcode": "2100",
                     *         "city": "København Ø"
                     *       },
                     *       "lines": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "chargeId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "description": "Kørelektion 2026-12-01 09:00",
                     *           "quantity": 1,
                     *           "unitGross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ],
                     *       "vatByRate": [
                     *         {
                     *           "vatRateBp": 2500,
                     *           "net": {
                     *             "amount": 52000,
                     *             "currency": "DKK"
                     *           },
                     *           "vat": {
                     *             "amount": 13000,
                     *             "currency": "DKK"
                     *           },
                     *           "gross": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "name" | "-name";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "Kørelektion, kategori B",
                     *           "minutes": 45,
                     *           "price": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "vatRateBp": 2500,
                     *           "needsVehicle": true,
                     *           "licenceClass": "B",
                     *           "setupMinutes": 0,
                     *           "bufferMinutes": 15,
                     *           "cancelNoticeHours": 24,
                     *           "cancelFee": {
                     *             "amount": 30000,
                     *             "currency": "DKK"
                     *           },
                     *           "bookableByStudents": true,
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "active": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["LessonTypePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "name": "Kørelektion, kategori B",
                 *       "minutes": 45,
                 *       "price": {
                 *         "amount": 65000,
                 *         "currency": "DKK"
                 *       },
                 *       "vatRateBp": 2500,
                 *       "needsVehicle": true,
                 *       "licenceClass": "B",
                 *       "setupMinutes": 0,
                 *       "bufferMinutes": 15,
                 *       "cancelNoticeHours": 24,
                 *       "cancelFee": {
                 *         "amount": 30000,
                 *         "currency": "DKK"
                 *       },
                 *       "bookableByStudents": true
                 *     }
                 */
                "application/json": components["schemas"]["AddLessonTypeDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Kørelektion, kategori B",
                     *       "minutes": 45,
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "vatRateBp": 2500,
                     *       "needsVehicle": true,
                     *       "licenceClass": "B",
                     *       "setupMinutes": 0,
                     *       "bufferMinutes": 15,
                     *       "cancelNoticeHours": 24,
                     *       "cancelFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "bookableByStudents": true,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Kørelektion, kategori B",
                     *       "minutes": 45,
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "vatRateBp": 2500,
                     *       "needsVehicle": true,
                     *       "licenceClass": "B",
                     *       "setupMinutes": 0,
                     *       "bufferMinutes": 15,
                     *       "cancelNoticeHours": 24,
                     *       "cancelFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "bookableByStudents": true,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateLessonType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
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
                /**
                 * @example {
                 *       "name": "Kørelektion, kategori B",
                 *       "minutes": 45,
                 *       "price": {
                 *         "amount": 65000,
                 *         "currency": "DKK"
                 *       },
                 *       "vatRateBp": 2500,
                 *       "needsVehicle": true,
                 *       "licenceClass": "B",
                 *       "setupMinutes": 0,
                 *       "bufferMinutes": 15,
                 *       "cancelNoticeHours": 24,
                 *       "cancelFee": {
                 *         "amount": 30000,
                 *         "currency": "DKK"
                 *       },
                 *       "bookableByStudents": true,
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateLessonTypeDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Kørelektion, kategori B",
                     *       "minutes": 45,
                     *       "price": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "vatRateBp": 2500,
                     *       "needsVehicle": true,
                     *       "licenceClass": "B",
                     *       "setupMinutes": 0,
                     *       "bufferMinutes": 15,
                     *       "cancelNoticeHours": 24,
                     *       "cancelFee": {
                     *         "amount": 30000,
                     *         "currency": "DKK"
                     *       },
                     *       "bookableByStudents": true,
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["LessonTypeDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description Only those with this role. */
                role?: "owner" | "office" | "teacher" | "guardian" | "student";
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Line Dahl",
                     *           "email": "line@nordhavn.example",
                     *           "roles": [
                     *             "office"
                     *           ],
                     *           "hasJoined": true,
                     *           "hasSecondFactor": false,
                     *           "invitedUntil": "2026-12-15T09:00:00Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    inviteMember: {
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
                /**
                 * @example {
                 *       "email": "line@nordhavn.example",
                 *       "name": "Line Dahl",
                 *       "phone": "+4520123459",
                 *       "role": "office",
                 *       "locale": "da"
                 *     }
                 */
                "application/json": components["schemas"]["InviteMemberDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Line Dahl",
                     *       "email": "line@nordhavn.example",
                     *       "roles": [
                     *         "office"
                     *       ],
                     *       "hasJoined": true,
                     *       "hasSecondFactor": false,
                     *       "invitedUntil": "2026-12-15T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MemberDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    resendInvitation: {
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
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Line Dahl",
                     *       "email": "line@nordhavn.example",
                     *       "roles": [
                     *         "office"
                     *       ],
                     *       "hasJoined": true,
                     *       "hasSecondFactor": false,
                     *       "invitedUntil": "2026-12-15T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MemberDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    setMemberRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "roles": [
                 *         "office"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetMemberRolesDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Line Dahl",
                     *       "email": "line@nordhavn.example",
                     *       "roles": [
                     *         "office"
                     *       ],
                     *       "hasJoined": true,
                     *       "hasSecondFactor": false,
                     *       "invitedUntil": "2026-12-15T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MemberDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
                /** @description Only messages in this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Only messages to this student. */
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "channel": "email",
                     *           "kind": "lesson_booked",
                     *           "subjectId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "state": "sent",
                     *           "recipient": "s***@example.dk",
                     *           "provider": "smtp",
                     *           "providerRef": "<019aa1b2-7c00-7000-8000-000000000001@example.dk>",
                     *           "segments": 1,
                     *           "attempts": 1,
                     *           "reason": "the lesson was cancelled before the message went out",
                     *           "createdAt": "2026-12-01T09:00:00.000Z",
                     *           "closedAt": "2026-12-01T09:00:01.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "channel": "email",
                     *       "kind": "lesson_booked",
                     *       "subjectId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "sent",
                     *       "recipient": "s***@example.dk",
                     *       "provider": "smtp",
                     *       "providerRef": "<019aa1b2-7c00-7000-8000-000000000001@example.dk>",
                     *       "segments": 1,
                     *       "attempts": 1,
                     *       "reason": "the lesson was cancelled before the message went out",
                     *       "createdAt": "2026-12-01T09:00:00.000Z",
                     *       "closedAt": "2026-12-01T09:00:01.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "invoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "provider": "stripe",
                     *           "state": "succeeded",
                     *           "amount": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "received": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "refunded": {
                     *             "amount": 0,
                     *             "currency": "DKK"
                     *           },
                     *           "createdAt": "2026-12-01T08:00:00.000Z",
                     *           "settledAt": "2026-12-01T08:00:30.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "invoiceId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "provider": "stripe",
                     *       "state": "succeeded",
                     *       "amount": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "received": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "refunded": {
                     *         "amount": 0,
                     *         "currency": "DKK"
                     *       },
                     *       "createdAt": "2026-12-01T08:00:00.000Z",
                     *       "settledAt": "2026-12-01T08:00:30.000Z",
                     *       "refunds": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "amount": {
                     *             "amount": 65000,
                     *             "currency": "DKK"
                     *           },
                     *           "state": "requested",
                     *           "reason": "Holdet blev aflyst",
                     *           "createdAt": "2026-12-01T08:00:00.000Z",
                     *           "settledAt": "2026-12-01T08:00:05.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "amount": {
                 *         "amount": 65000,
                 *         "currency": "DKK"
                 *       },
                 *       "reason": "Holdet blev aflyst"
                 *     }
                 */
                "application/json": components["schemas"]["RefundPaymentDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "amount": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       },
                     *       "state": "requested",
                     *       "reason": "Holdet blev aflyst",
                     *       "createdAt": "2026-12-01T08:00:00.000Z",
                     *       "settledAt": "2026-12-01T08:00:05.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RefundDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listStudentImports: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "state": "ready",
                     *           "invite": true,
                     *           "ignoredColumns": [
                     *             "Hold"
                     *           ],
                     *           "createdAt": "2026-11-01T09:00:00.000Z",
                     *           "finishedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ImportSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    uploadStudentList: {
        parameters: {
            query?: {
                /** @description The licence category of the rows that name none. */
                licenceClass?: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
            };
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
                "text/csv": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "invite": true,
                     *       "ignoredColumns": [
                     *         "Hold"
                     *       ],
                     *       "createdAt": "2026-11-01T09:00:00.000Z",
                     *       "finishedAt": null,
                     *       "rows": {
                     *         "unchecked": 0,
                     *         "valid": 118,
                     *         "invalid": 2,
                     *         "enrolled": 0,
                     *         "refused": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    getStudentImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the import. */
                importId: string;
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "invite": true,
                     *       "ignoredColumns": [
                     *         "Hold"
                     *       ],
                     *       "createdAt": "2026-11-01T09:00:00.000Z",
                     *       "finishedAt": null,
                     *       "rows": {
                     *         "unchecked": 0,
                     *         "valid": 118,
                     *         "invalid": 2,
                     *         "enrolled": 0,
                     *         "refused": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    cancelStudentImport: {
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
                /** @description Id of the import. */
                importId: string;
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
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "invite": true,
                     *       "ignoredColumns": [
                     *         "Hold"
                     *       ],
                     *       "createdAt": "2026-11-01T09:00:00.000Z",
                     *       "finishedAt": null,
                     *       "rows": {
                     *         "unchecked": 0,
                     *         "valid": 118,
                     *         "invalid": 2,
                     *         "enrolled": 0,
                     *         "refused": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    downloadStudentImportErrors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the import. */
                importId: string;
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    followStudentImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the import. */
                importId: string;
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listStudentImportRows: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description Rows in that state only. */
                state?: "unchecked" | "valid" | "invalid" | "enrolled" | "refused";
            };
            header?: never;
            path: {
                /** @description Id of the import. */
                importId: string;
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": 7,
                     *           "state": "invalid",
                     *           "cells": {
                     *             "name": "Freja Lund",
                     *             "firstName": "Freja",
                     *             "lastName": "Lund",
                     *             "email": "freja@example.com",
                     *             "phone": "20 12 34 58",
                     *             "birthDate": "14-03-2009",
                     *             "licenceClass": "B",
                     *             "addressLine": "Sundkrogsgade 7",
                     *             "postcode": "2150",
                     *             "city": "Nordhavn"
                     *           },
                     *           "errors": [
                     *             {
                     *               "field": "phone",
                     *               "message": "must be a phone number such as +4520123456"
                     *             }
                     *           ],
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ImportRowPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    startStudentImport: {
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
                /** @description Id of the import. */
                importId: string;
                /** @description Id of the school. */
                schoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "invite": true
                 *     }
                 */
                "application/json": components["schemas"]["StartImportDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "invite": true,
                     *       "ignoredColumns": [
                     *         "Hold"
                     *       ],
                     *       "createdAt": "2026-11-01T09:00:00.000Z",
                     *       "finishedAt": null,
                     *       "rows": {
                     *         "unchecked": 0,
                     *         "valid": 118,
                     *         "invalid": 2,
                     *         "enrolled": 0,
                     *         "refused": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ImportDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listStudents: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Students who were enrolled before, in that order. */
                enrolledBefore?: string;
                /** @description Students who were enrolled then or later, in that order. */
                enrolledFrom?: string;
                /** @description Students after that category only. */
                licenceClass?: "AM" | "A1" | "A2" | "A" | "B" | "B96" | "BE" | "C1" | "C1E" | "C" | "CE" | "D1" | "D1E" | "D" | "DE" | "T";
                /** @description How many items at most. */
                limit?: number;
                /** @description Words of the student, or how they begin: of the name, of the e-mail address, the phone number in any notation, the postal code. All of them must fit. What is found comes in the order of the words. */
                q?: string;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Freja Lund",
                     *           "email": "freja@example.com",
                     *           "phone": "+4520123458",
                     *           "licenceClass": "B",
                     *           "status": "active",
                     *           "createdAt": "2026-11-01T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["StudentSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description Bad Request */
            400: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "name": "Freja Lund",
                 *       "email": "freja@example.com",
                 *       "phone": "+4520123458",
                 *       "birthDate": "2009-03-14",
                 *       "licenceClass": "B",
                 *       "addressLine": "Sundkrogsgade 7",
                 *       "postcode": "2150",
                 *       "city": "Nordhavn"
                 *     }
                 */
                "application/json": components["schemas"]["EnrolStudentDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Freja Lund",
                     *       "email": "freja@example.com",
                     *       "phone": "+4520123458",
                     *       "birthDate": "2009-03-14",
                     *       "licenceClass": "B",
                     *       "status": "active",
                     *       "addressLine": "Sundkrogsgade 7",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Freja Lund",
                     *       "email": "freja@example.com",
                     *       "phone": "+4520123458",
                     *       "birthDate": "2009-03-14",
                     *       "licenceClass": "B",
                     *       "status": "active",
                     *       "addressLine": "Sundkrogsgade 7",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateStudent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
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
                /**
                 * @example {
                 *       "name": "Freja Lund",
                 *       "phone": "+4520123458",
                 *       "birthDate": "2009-03-14",
                 *       "licenceClass": "B",
                 *       "addressLine": "Sundkrogsgade 7",
                 *       "postcode": "2150",
                 *       "city": "Nordhavn",
                 *       "status": "paused"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateStudentDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Freja Lund",
                     *       "email": "freja@example.com",
                     *       "phone": "+4520123458",
                     *       "birthDate": "2009-03-14",
                     *       "licenceClass": "B",
                     *       "status": "active",
                     *       "addressLine": "Sundkrogsgade 7",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "balance": {
                     *         "amount": 65000,
                     *         "currency": "DKK"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StudentAccountDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    requestDataExport: {
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
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "requestedAt": "2026-11-21T09:00:00.000Z",
                     *       "expiresAt": "2026-11-28T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DataExportDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    getDataExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the export. */
                exportId: string;
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "state": "ready",
                     *       "requestedAt": "2026-11-21T09:00:00.000Z",
                     *       "expiresAt": "2026-11-28T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DataExportDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    openDataExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the export. */
                exportId: string;
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://api.example.com/files/AZrxq3wAcACAAAAAAAAAAWkf",
                     *       "expiresAt": "2026-11-21T09:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["FileLinkDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Documents of that kind only. */
                kind?: "medical_form" | "first_aid_proof" | "passport_photo" | "contract" | "other";
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "uploadedAt" | "-uploadedAt";
            };
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "kind": "medical_form",
                     *           "name": "laegeattest.pdf",
                     *           "mediaType": "application/pdf",
                     *           "bytes": 48213,
                     *           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *           "expiresOn": "2027-03-31",
                     *           "uploadedBy": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "uploadedAt": "2026-11-21T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    uploadDocument: {
        parameters: {
            query: {
                /** @description The last day it counts. */
                expiresOn?: string;
                /** @description What the document is. */
                kind: "medical_form" | "first_aid_proof" | "passport_photo" | "contract" | "other";
            };
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
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description PDF, JPEG, PNG, WebP or HEIC.
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "kind": "medical_form",
                     *       "name": "laegeattest.pdf",
                     *       "mediaType": "application/pdf",
                     *       "bytes": 48213,
                     *       "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                     *       "expiresOn": "2027-03-31",
                     *       "uploadedBy": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "uploadedAt": "2026-11-21T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the document. */
                documentId: string;
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    openDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the document. */
                documentId: string;
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://api.example.com/files/AZrxq3wAcACAAAAAAAAAAWkf",
                     *       "expiresAt": "2026-11-21T09:05:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["FileLinkDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    getErasure: {
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "reason": "student_asked",
                     *       "requestedAt": "2026-11-21T09:00:00.000Z",
                     *       "erasedAt": "2026-11-21T09:00:02.000Z",
                     *       "parts": [
                     *         {
                     *           "part": "lessons",
                     *           "state": "kept",
                     *           "keptUntil": "2028-11-21"
                     *         }
                     *       ],
                     *       "identity": {
                     *         "name": "Freja Lund",
                     *         "birthDate": "2009-03-14"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    eraseStudent: {
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
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "student_asked"
                 *     }
                 */
                "application/json": components["schemas"]["EraseStudentDto"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "reason": "student_asked",
                     *       "requestedAt": "2026-11-21T09:00:00.000Z",
                     *       "erasedAt": "2026-11-21T09:00:02.000Z",
                     *       "parts": [
                     *         {
                     *           "part": "lessons",
                     *           "state": "kept",
                     *           "keptUntil": "2028-11-21"
                     *         }
                     *       ],
                     *       "identity": {
                     *         "name": "Freja Lund",
                     *         "birthDate": "2009-03-14"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listGuardians: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "createdAt" | "-createdAt";
            };
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Karen Lund",
                     *           "email": "karen@example.com",
                     *           "phone": "+4520123459",
                     *           "relation": "mother",
                     *           "endsOn": "2027-03-14",
                     *           "createdAt": "2026-11-01T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["GuardianPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    addGuardian: {
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
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Karen Lund",
                 *       "email": "karen@example.com",
                 *       "phone": "+4520123459",
                 *       "relation": "mother"
                 *     }
                 */
                "application/json": components["schemas"]["AddGuardianDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Karen Lund",
                     *       "email": "karen@example.com",
                     *       "phone": "+4520123459",
                     *       "relation": "mother",
                     *       "endsOn": "2027-03-14",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["GuardianDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    removeGuardian: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the guardian. */
                guardianId: string;
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the student. */
                studentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    exportStudents: {
        parameters: {
            query?: {
                /** @description Whose spreadsheets are to read it: da has semicolons and dates such as 14-03-2009; else as Accept-Language. */
                language?: "da" | "en";
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Freja Lund",
                     *       "email": "freja@example.com",
                     *       "phone": "+4520123458",
                     *       "birthDate": "2009-03-14",
                     *       "licenceClass": "B",
                     *       "status": "active",
                     *       "addressLine": "Sundkrogsgade 7",
                     *       "postcode": "2150",
                     *       "city": "Nordhavn",
                     *       "createdAt": "2026-11-01T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listWards: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Freja Lund",
                     *           "email": "freja@example.com",
                     *           "phone": "+4520123458",
                     *           "licenceClass": "B",
                     *           "status": "active",
                     *           "createdAt": "2026-11-01T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["StudentSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    listSupportAccesses: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many items at most. */
                limit?: number;
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "openedAt" | "-openedAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "name": "Sofie Krogh",
                     *           "reason": "Ticket 4711: a booking is missing",
                     *           "openedAt": "2026-12-01T08:00:00Z",
                     *           "expiresAt": "2026-12-01T08:30:00Z",
                     *           "closedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SupportAccessPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    openSupportAccess: {
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
                /**
                 * @example {
                 *       "reason": "Ticket 4711: a booking is missing",
                 *       "minutes": 30
                 *     }
                 */
                "application/json": components["schemas"]["OpenSupportAccessDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "userId": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "name": "Sofie Krogh",
                     *       "reason": "Ticket 4711: a booking is missing",
                     *       "openedAt": "2026-12-01T08:00:00Z",
                     *       "expiresAt": "2026-12-01T08:30:00Z",
                     *       "closedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["SupportAccessDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    closeSupportAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the school. */
                schoolId: string;
                /** @description Id of the support access. */
                supportAccessId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrSecondFactorNeeded"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "name" | "-name";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "Lars Holm",
                     *           "licenceClasses": [
                     *             "B"
                     *           ],
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "email": "lars@nordhavn.example",
                     *           "phone": "+4520123457",
                     *           "active": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["TeacherPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "name": "Lars Holm",
                 *       "licenceClasses": [
                 *         "B"
                 *       ],
                 *       "email": "lars@nordhavn.example",
                 *       "phone": "+4520123457",
                 *       "workingHours": [
                 *         {
                 *           "weekday": 1,
                 *           "starts": "08:00",
                 *           "ends": "16:00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AddTeacherDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Lars Holm",
                     *       "licenceClasses": [
                     *         "B"
                     *       ],
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "email": "lars@nordhavn.example",
                     *       "phone": "+4520123457",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Lars Holm",
                     *       "licenceClasses": [
                     *         "B"
                     *       ],
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "email": "lars@nordhavn.example",
                     *       "phone": "+4520123457",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateTeacher: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
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
                /**
                 * @example {
                 *       "name": "Lars Holm",
                 *       "licenceClasses": [
                 *         "B"
                 *       ],
                 *       "phone": "+4520123457",
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateTeacherDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Lars Holm",
                     *       "licenceClasses": [
                     *         "B"
                     *       ],
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "email": "lars@nordhavn.example",
                     *       "phone": "+4520123457",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["TeacherDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "startsAt" | "-startsAt";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "startsAt": "2026-12-23T06:00:00.000Z",
                     *           "endsAt": "2027-01-01T23:00:00.000Z",
                     *           "reason": "Juleferie"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["TimeOffPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "startsAt": "2026-12-23T07:00:00+01:00",
                 *       "endsAt": "2027-01-02T00:00:00+01:00",
                 *       "reason": "Juleferie"
                 *     }
                 */
                "application/json": components["schemas"]["AddTimeOffDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timeOff": {
                     *         "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *         "startsAt": "2026-12-23T06:00:00.000Z",
                     *         "endsAt": "2027-01-01T23:00:00.000Z",
                     *         "reason": "Juleferie"
                     *       },
                     *       "orphanedBookings": [
                     *         {
                     *           "bookingId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "startsAt": "2027-01-05T13:00:00.000Z",
                     *           "endsAt": "2027-01-05T13:45:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AddedTimeOffDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            409: components["responses"]["RequestInFlight"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "weekday": 1,
                     *         "starts": "08:00",
                     *         "ends": "16:00",
                     *         "validFrom": "2026-11-02",
                     *         "validUntil": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["WorkingHoursDto"][];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    setWorkingHours: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
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
                /**
                 * @example {
                 *       "validFrom": "2027-01-04",
                 *       "workingHours": [
                 *         {
                 *           "weekday": 1,
                 *           "starts": "08:00",
                 *           "ends": "16:00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SetWorkingHoursDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workingHours": [
                     *         {
                     *           "weekday": 1,
                     *           "starts": "08:00",
                     *           "ends": "16:00",
                     *           "validFrom": "2026-11-02",
                     *           "validUntil": null
                     *         }
                     *       ],
                     *       "orphanedBookings": [
                     *         {
                     *           "bookingId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "studentId": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "startsAt": "2027-01-05T13:00:00.000Z",
                     *           "endsAt": "2027-01-05T13:45:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedWorkingHoursDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            /** @description Forbidden */
            403: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /** @description The order; a leading minus turns it round. A cursor goes on in its own order alone. */
                sort?: "name" | "-name";
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "Golf, blå",
                     *           "plate": "AB 12 345",
                     *           "licenceClass": "B",
                     *           "gearbox": "manual",
                     *           "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *           "active": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["VehiclePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                /**
                 * @example {
                 *       "name": "Golf, blå",
                 *       "plate": "AB 12 345",
                 *       "licenceClass": "B",
                 *       "gearbox": "manual"
                 *     }
                 */
                "application/json": components["schemas"]["AddVehicleDto"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Golf, blå",
                     *       "plate": "AB 12 345",
                     *       "licenceClass": "B",
                     *       "gearbox": "manual",
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
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
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Golf, blå",
                     *       "plate": "AB 12 345",
                     *       "licenceClass": "B",
                     *       "gearbox": "manual",
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowedOrScopeMissing"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            414: components["responses"]["AddressTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    updateVehicle: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the answer you are changing. When it has changed since, nothing is done and the answer is 412
                 *     `request.precondition_failed`. Left out, or `*`: the last change counts.
                 */
                "If-Match"?: string;
            };
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
                /**
                 * @example {
                 *       "name": "Golf, blå",
                 *       "plate": "AB 12 345",
                 *       "licenceClass": "B",
                 *       "gearbox": "manual",
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateVehicleDto"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Golf, blå",
                     *       "plate": "AB 12 345",
                     *       "licenceClass": "B",
                     *       "gearbox": "manual",
                     *       "id": "019aa1b2-7c00-7000-8000-000000000001",
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["VehicleDto"];
                };
            };
            400: components["responses"]["InvalidRequestOrMalformedRequestOrRequestTooDeep"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description Not Found */
            404: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Who sends it. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "Content-Language": components["headers"]["Content-Language"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDto"];
                };
            };
            404: components["responses"]["ResourceNotFoundOrRouteNotFound"];
            413: components["responses"]["RequestTooLarge"];
            414: components["responses"]["AddressTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalProblem"];
            503: components["responses"]["ServiceBusy"];
        };
    };
}
