import { Global, Module } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { RedisConfig } from '../database/database.config.js';

@Global()
@Module({ providers: [configProvider(RedisConfig)], exports: [RedisConfig] })
export class RedisModule {}
