import { Global, Module } from '@nestjs/common';
import { ProviderCalls } from './provider-calls.js';

@Global()
@Module({ providers: [ProviderCalls], exports: [ProviderCalls] })
export class PortsModule {}
