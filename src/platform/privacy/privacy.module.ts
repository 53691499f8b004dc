import { Global, Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';
import { PlatformPrivacy } from './platform-privacy.js';

/** What the modules keep about a person: gathered for export, and erased. */
@Global()
@Module({ providers: [PersonalData, PlatformPrivacy], exports: [PersonalData] })
export class PrivacyModule {}
