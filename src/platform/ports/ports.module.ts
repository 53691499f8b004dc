import { Global, Module } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { ProviderCalls } from './provider-calls.js';
import { ProviderPaces } from './provider-paces.js';
import { ProvidersConfig } from './providers.config.js';

@Global()
@Module({
  providers: [configProvider(ProvidersConfig), ProviderCalls, ProviderPaces],
  exports: [ProviderCalls, ProviderPaces],
})
export class PortsModule {}
