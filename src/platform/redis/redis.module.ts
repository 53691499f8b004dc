import { Global, Module } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { RedisConfig } from '../database/database.config.js';
import { RedisConnection } from './redis-connection.js';

@Global()
@Module({ providers: [configProvider(RedisConfig), RedisConnection], exports: [RedisConfig, RedisConnection] })
export class RedisModule {}
