import { BarChart, type BarSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { ReportBy, ReportRow } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { useMedia } from '../../components/use-media.ts';
import { undecided } from './figures.ts';
import css from './plot.module.css';

use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);
type Option = ComposeOption<BarSeriesOption | GridComponentOption | TooltipComponentOption>;

const ROW = 26;

export interface PlotProps {
  rows: readonly ReportRow[];
  by: ReportBy;
  label: string;
  nameOf: (row: ReportRow) => string;
  onPick: (row: ReportRow) => void;
}

/**
 * How many, and how many of them in time. The table beside it has the same figures, so the picture is one image to
 * who listens. All styling is attributes and CSSOM: the content security policy allows nothing else.
 */
export default function Plot({ rows, by, label, nameOf, onPick }: PlotProps) {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isAcross = by !== 'month';

  useEffect(() => {
    if (box.current === null) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const sizes = new ResizeObserver(() => {
      made.resize();
    });
    sizes.observe(box.current);
    return () => {
      sizes.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const made = chart.current;
    if (made === null || box.current === null) return;
    made.setOption(optionOf(), { notMerge: true });
    const pick = (event: { dataIndex?: number }): void => {
      const row = rows[event.dataIndex ?? -1];
      if (row !== undefined) onPick(row);
    };
    made.on('click', pick);
    return () => {
      made.off('click', pick);
    };

    function optionOf(): Option {
      const ink = palette(box.current as HTMLElement);
      const { t, number, percent } = text;
      const names = rows.map(nameOf);
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      const bars = (name: string, value: (row: ReportRow) => number, color: string): BarSeriesOption => ({
        name,
        type: 'bar',
        stack: 'all',
        barMaxWidth: isAcross ? 16 : 44,
        data: rows.map(value),
        itemStyle: { color },
        emphasis: { disabled: true },
        cursor: 'pointer',
      });
      const words = { color: ink.ink2, fontFamily: ink.font, fontSize: 12 };
      const category = {
        type: 'category' as const,
        data: names,
        inverse: isAcross,
        axisLine: { lineStyle: { color: ink.line } },
        axisTick: { show: false },
        axisLabel: {
          ...words,
          color: ink.ink,
          width: isAcross ? 180 : 80,
          overflow: 'truncate' as const,
          interval: 0,
        },
      };
      const value = {
        type: 'value' as const,
        splitLine: { lineStyle: { color: ink.line } },
        axisLabel: { ...words, formatter: (count: number) => number(count) },
        minInterval: 1,
      };
      return {
        animation: !isStill,
        animationDuration: 200,
        grid: {
          left: 4,
          right: isAcross ? 56 : 12,
          top: isAcross ? 4 : 28,
          bottom: 4,
          outerBoundsMode: 'same',
        },
        xAxis: isAcross ? { ...value, position: 'top' } : category,
        yAxis: isAcross ? category : value,
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'none' },
          confine: true,
          backgroundColor: ink.surface,
          borderColor: ink.line,
          padding: 0,
          // An element of our own: markup with style attributes would be refused by the policy.
          formatter: (points) => {
            const first = Array.isArray(points) ? points[0] : points;
            const row = rows[first?.dataIndex ?? -1];
            return row === undefined ? '' : tip(row);
          },
        },
        series: [
          bars(t('lateness.onTime'), (row) => row.onTime, ink.done),
          bars(t('lateness.late'), (row) => row.late, ink.late),
          {
            ...bars(t('console.report.undecided'), undecided, ink.rest),
            label: {
              show: true,
              position: isAcross ? 'right' : 'top',
              ...words,
              color: ink.ink,
              formatter: ({ dataIndex }) => {
                const rate = rows[dataIndex]?.rate ?? null;
                return rate === null ? '–' : percent(rate);
              },
            },
          },
        ],
      };

      function tip(row: ReportRow): HTMLElement {
        const element = document.createElement('div');
        element.className = css.tip ?? '';
        const lines = [
          nameOf(row),
          `${t('console.report.total')} ${number(row.total)}`,
          `${t('lateness.onTime')} ${number(row.onTime)}`,
          `${t('lateness.late')} ${number(row.late)}`,
          `${t('console.report.rate')} ${row.rate === null ? '–' : percent(row.rate)}`,
        ];
        for (const line of lines)
          element.append(Object.assign(document.createElement('span'), { textContent: line }));
        return element;
      }
    }
  }, [rows, isAcross, isDark, text, nameOf, onPick]);

  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      className={css.plot}
      style={{ height: isAcross ? rows.length * ROW + 36 : 340 }}
    />
  );
}

/** Our own tokens, as the page has them now: light or dark. */
function palette(element: HTMLElement) {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--gz-${name}`).trim();
  return {
    ink: token('ink'),
    ink2: token('ink-2'),
    line: token('line'),
    surface: token('surface'),
    done: token('done'),
    late: token('late'),
    rest: token('line-strong'),
    font: token('font'),
  };
}
