import type { Language } from '../../../../platform/http/language.js';
import { Money } from '../../../../platform/values/money.js';

export interface Bar {
  readonly label: string;
  readonly amount: Money;
}

const [width, height] = [960, 480];

/** Amounts side by side, as an image that scales and prints; each says its amount in figures too while there are few. */
export async function barChart(title: string, bars: readonly Bar[], language: Language): Promise<string> {
  // A megabyte that most processes never need.
  const { init } = await import('echarts');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(optionOf(title, bars, language));
    return named(title, chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

function optionOf(title: string, bars: readonly Bar[], language: Language): object {
  const currency = bars[0]?.amount.currency ?? 'DKK';
  const inFigures = (minor: number) => Money.of(Math.round(minor), currency).format(language);
  return {
    animation: false,
    title: { text: title, left: 'center' },
    grid: { left: 120, right: 24, top: 56, bottom: 64 },
    xAxis: { type: 'category', data: bars.map(({ label }) => label), axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', axisLabel: { formatter: inFigures } },
    series: [
      {
        type: 'bar',
        silent: true,
        color: '#1f5f8b',
        barMaxWidth: 64,
        data: bars.map(({ amount }) => amount.amount),
        label: {
          show: bars.length <= 12,
          position: 'top',
          formatter: ({ value }: { value: number }) => inFigures(value),
        },
      },
    ],
  };
}

/** For whoever hears the image instead of seeing it. */
function named(title: string, svg: string): string {
  const text = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return svg.replace(/^<svg([^>]*)>/, `<svg$1 role="img"><title>${text}</title>`);
}
