import { Global, Module } from '@nestjs/common';
import { Encryption } from './encryption.js';
import { RotateKeys } from './rotate-keys.js';

/** Keeps what the database must not show. */
@Global()
@Module({ providers: [Encryption, RotateKeys], exports: [Encryption, RotateKeys] })
export class CryptoModule {}
