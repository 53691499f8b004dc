import { MessageChoicesController } from './http/message-choices.controller.js';
import { UnsubscribePagesController } from './http/unsubscribe-pages.controller.js';
import { ChoicePrivacy } from './privacy/choice-privacy.js';
import { ChoiceAudit } from './queries/choice-audit.js';
import { MessageChoices } from './queries/message-choices.js';
import { StandingConsents } from './queries/standing-consents.js';
import { SwitchedOff } from './queries/switched-off.js';
import { UnsubscribePageReader } from './queries/unsubscribe-page-reader.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { ChooseTopics } from './use-cases/choose-topics.js';
import { GuardianCopies } from './use-cases/guardian-copies.js';
import { ReadersChoices } from './use-cases/readers-choices.js';
import { RecordConsent } from './use-cases/record-consent.js';
import { Unsubscribe } from './use-cases/unsubscribe.js';
import { WhoseChoices } from './use-cases/whose-choices.js';

export const choiceControllers = [MessageChoicesController, UnsubscribePagesController];

/** How people want to hear from a school, and who may be sent what. */
export const choiceProviders = [
  ChoiceAudit,
  ChoicePrivacy,
  ChooseTopics,
  GuardianCopies,
  MessageChoices,
  ReadersChoices,
  RecordConsent,
  StandingConsents,
  SwitchedOff,
  Unsubscribe,
  UnsubscribeLinks,
  UnsubscribePageReader,
  WhoseChoices,
];
