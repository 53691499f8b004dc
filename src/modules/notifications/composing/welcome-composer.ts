import { Injectable } from '@nestjs/common';
import { templates } from '../templates/templates.js';
import { content, type Composer, type Content } from './composition.js';

/** Nothing but who writes to whom. */
@Injectable()
export class WelcomeComposer implements Composer {
  compose(): Promise<Content> {
    return Promise.resolve(content(templates.welcome, {}));
  }
}
