import { Liquid } from 'liquidjs';
import type { Locale } from './wording.js';

/** The parts of an e-mail as plain text, each escaped where it meets the HTML; empty ones are left out by whoever fills them in. */
export interface EmailParts {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly list: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly action: { readonly label: string; readonly link: string } | null;
}

/** A picture in the HTML; its size in pixels. */
export interface ShownLogo {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

export interface EmailFrame {
  readonly locale: Locale;
  readonly subject: string;
  readonly senderName: string;
  /** Stands for the sender's name, which is its text where pictures are off. */
  readonly logo: ShownLogo | null;
  /** Who writes and how to answer, in one line. */
  readonly signature: string;
  /** How to get no more of the kind; null where everybody must. */
  readonly unsubscribe: { readonly label: string; readonly link: string } | null;
}

/**
 * The frame of every e-mail: one column that fits a phone, readable without images and in dark mode. Each part finds its own
 * reading direction, so that a right-to-left name turns nothing else around.
 */
const layout = `<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ subject }}</title>
<style>
  @media (max-width: 620px) { .card { width: 100% !important; } .pad { padding: 20px !important; } }
  @media (prefers-color-scheme: dark) { body, .page { background: #14171c !important; } .card { background: #1f242c !important; } .ink { color: #f1f4f8 !important; } .faint { color: #a9b4c2 !important; } }
</style>
</head>
<body style="margin:0;background:#f2f4f7">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:100%;background:#ffffff;border-radius:10px;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">
<tr><td class="pad" style="padding:28px 36px 0"><p class="faint" dir="auto" style="margin:0;font-size:14px;letter-spacing:.02em;color:#5b6675">{% if logo %}<img src="{{ logo.src }}" alt="{{ senderName }}" width="{{ logo.width }}" height="{{ logo.height }}" style="display:block;border:0;background:#ffffff;border-radius:4px">{% else %}{{ senderName }}{% endif %}</p></td></tr>
<tr><td class="pad" style="padding:8px 36px 28px">
<h1 class="ink" dir="auto" style="margin:0 0 16px;font-size:22px;line-height:1.3;color:#16202e">{{ heading }}</h1>
{% for paragraph in paragraphs %}<p class="ink" dir="auto" style="margin:0 0 14px;font-size:16px;line-height:1.5;color:#16202e">{{ paragraph | escape | newline_to_br | raw }}</p>
{% endfor %}{% if list.length > 0 %}<ul class="ink" style="margin:0 0 14px;padding-left:20px;font-size:16px;line-height:1.6;color:#16202e">
{% for each in list %}<li dir="auto">{{ each }}</li>
{% endfor %}</ul>
{% endif %}{% if facts.length > 0 %}<table role="presentation" cellpadding="0" cellspacing="0" style="margin:6px 0 18px">
{% for fact in facts %}<tr><td class="faint" style="padding:4px 18px 4px 0;font-size:15px;vertical-align:top;color:#5b6675">{{ fact[0] }}</td><td class="ink" dir="auto" style="padding:4px 0;font-size:15px;color:#16202e">{{ fact[1] }}</td></tr>
{% endfor %}</table>
{% endif %}{% if action %}<p style="margin:20px 0"><a href="{{ action.link }}" style="display:inline-block;padding:13px 24px;border-radius:8px;background:#1559d6;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">{{ action.label }}</a></p>
{% endif %}</td></tr>
<tr><td class="pad" style="padding:16px 36px 28px;border-top:1px solid #dfe4ea"><p class="faint" dir="auto" style="margin:0;font-size:13px;line-height:1.5;color:#5b6675">{{ signature }}</p>{% if unsubscribe %}<p class="faint" style="margin:8px 0 0;font-size:13px;line-height:1.5;color:#5b6675"><a href="{{ unsubscribe.link }}" style="color:inherit">{{ unsubscribe.label }}</a></p>{% endif %}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;

const html = new Liquid({ templates: {}, outputEscape: 'escape', ownPropertyOnly: true, strictVariables: true });
const compiled = html.parse(layout);

/** The whole e-mail as HTML. */
export function emailHtml(frame: EmailFrame, parts: EmailParts): string {
  return html.renderSync(compiled, { ...frame, ...parts }) as string;
}
