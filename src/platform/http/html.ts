/** HTML that is already safe. */
export class Html {
  constructor(readonly text: string) {}
}

/** Fills values into HTML, escaped unless they are HTML themselves. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  const text = parts.reduce((filled, part, index) => filled + textOf(values[index - 1] ?? '') + part);
  return new Html(text);
}

function textOf(value: string | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value !== 'string') return value.map(({ text }) => text).join('');
  return value.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const style = `
  body { font: 16px/1.6 system-ui, sans-serif; color: #1d2733; background: #f5f7f9; margin: 0 }
  main { max-width: 38rem; margin: 12vh auto; background: #fff; padding: 2rem 2.5rem; border-radius: 12px; box-shadow: 0 1px 3px #0002 }
  h1 { margin: 0 0 .25rem; font-size: 1.6rem } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem } p { margin: .25rem 0 1rem; color: #53616f }
  a { color: #0b5fa5 } ul { padding: 0; list-style: none } li { padding: .5rem 0; border-top: 1px solid #e6eaee }
  li span { display: block; color: #53616f; font-size: .9rem } label { display: block; margin: 1rem 0 }
  input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #b8c2cc; border-radius: 6px }
  button { font: inherit; padding: .5rem 1.5rem; border: 0; border-radius: 6px; background: #0b5fa5; color: #fff }
  img.logo { display: block; max-width: 100%; max-height: 4rem; margin-bottom: 1.25rem } table + form { margin-top: 1.5rem } .wrong { color: #a11 }
  @media (max-width: 40rem) { main { margin: 0; padding: 1.5rem 1.25rem; border-radius: 0 } }
  main.wide { max-width: 76rem; margin: 1.5rem auto } nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: 1.5rem }
  nav a[aria-current] { color: inherit; font-weight: 600; text-decoration: none } .scroll { overflow-x: auto }
  table { border-collapse: collapse; width: 100%; font-size: .95rem } th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid #e6eaee }
  main:not(.wide) :is(h1, td) { overflow-wrap: anywhere } th { color: #53616f; font-weight: 600 } time { white-space: nowrap } td form { display: inline-block; margin: 0 .5rem .25rem 0 } td button { padding: .2rem .75rem; font-size: .9rem }
  button.quiet { background: #fff; color: #0b5fa5; box-shadow: inset 0 0 0 1px #0b5fa5 } .good { color: #17692f } .notice { padding: .5rem 1rem; background: #e8f3ec; border-radius: 6px; color: #17692f }
  :focus-visible { outline: 3px solid #b26a00; outline-offset: 2px }`;

export interface PageOptions {
  /** As wide as tables need it. */
  readonly wide?: boolean;
}

/** A whole page. */
export function page(title: string, body: Html, language: 'da' | 'en' = 'en', { wide }: PageOptions = {}): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        ${new Html(wide ? '<main class="wide">' : '<main>')}${body}</main>
      </body>
    </html> `.text;
}
