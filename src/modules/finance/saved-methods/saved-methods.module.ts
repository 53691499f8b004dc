import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { CardPagesController } from './http/card-pages.controller.js';
import { ChargingController } from './http/charging.controller.js';
import { SavedMethodsController } from './http/saved-methods.controller.js';
import { MindSavedMethods } from './jobs/mind-saved-methods.js';
import { MethodReader } from './queries/method-reader.js';
import { SavedMethodsPrivacy } from './privacy/saved-methods-privacy.js';
import { BeginSavingMethod } from './use-cases/begin-saving-method.js';
import { CancelPayment } from './use-cases/cancel-payment.js';
import { CapturePayment } from './use-cases/capture-payment.js';
import { ChargeInvoice } from './use-cases/charge-invoice.js';
import { ChargeSavedMethod } from './use-cases/charge-saved-method.js';
import { IntendCharge } from './use-cases/intend-charge.js';
import { RecordSavedMethod } from './use-cases/record-saved-method.js';
import { RemoveMethod } from './use-cases/remove-method.js';
import { SaveMethod } from './use-cases/save-method.js';

/** Cards that students have saved, and money taken or reserved without them. */
@Module({
  imports: [IdentityModule, StudentsModule, BooksModule],
  controllers: [CardPagesController, ChargingController, SavedMethodsController],
  providers: [
    BeginSavingMethod,
    CancelPayment,
    CapturePayment,
    ChargeInvoice,
    ChargeSavedMethod,
    IntendCharge,
    MethodReader,
    MindSavedMethods,
    RecordSavedMethod,
    RemoveMethod,
    SavedMethodsPrivacy,
    SaveMethod,
  ],
  exports: [ChargeSavedMethod, RecordSavedMethod],
})
export class SavedMethodsModule {}
