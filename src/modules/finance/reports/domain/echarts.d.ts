/** What is used of the library: its own types want a browser's. */
declare module 'echarts' {
  export interface ServerChart {
    setOption(option: object): void;
    renderToSVGString(): string;
    dispose(): void;
  }
  export function init(
    element: null,
    theme: null,
    options: { renderer: 'svg'; ssr: true; width: number; height: number },
  ): ServerChart;
}
