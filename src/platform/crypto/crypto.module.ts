import { Global, Module } from '@nestjs/common';
import { Encryption } from './encryption.js';

/** Keeps what the database must not show. */
@Global()
@Module({ providers: [Encryption], exports: [Encryption] })
export class CryptoModule {}
