import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app.config.js';
import { MintOneTimeToken } from '../../identity/index.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { content, Overtaken, type Composer, type Content } from './composition.js';

/** Invitations and password resets: their token is made here, put into the link and kept nowhere but as a hash. */
@Injectable()
export class AccountComposer implements Composer {
  constructor(
    private readonly mintToken: MintOneTimeToken,
    private readonly app: AppConfig,
  ) {}

  async compose(message: MessageInHand, words: Wording): Promise<Content | Overtaken> {
    const minted = await this.mintToken.execute(message.subjectId);
    if (!minted) return new Overtaken('the token was used or has expired');
    // In the fragment, which browsers keep to themselves: a token in a path or query would end up in logs.
    const fragment = new URLSearchParams({ token: minted.token, purpose: minted.purpose });
    const link = `${this.app.publicUrl.replace(/\/$/, '')}/account/password#${fragment.toString()}`;
    const template = minted.purpose === 'invitation' ? templates.invitation : templates.password_reset;
    return content(template, { link, expires: words.moment(minted.expiresAt) });
  }
}
