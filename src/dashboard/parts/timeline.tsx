import { comings } from '../state/coming.ts';
import { keyLabel } from '../state/key-view.ts';
import { type Bin, binsOf, labelled, placeIn, type Window, width } from '../state/timeline.ts';

interface TimelineProps {
  readonly window: Window;
  readonly nowMs: number;
}

/** What the clock brings about, as a picture. Everybody's twin of it is the slider and the list below. */
export function Timeline({ window, nowMs }: TimelineProps) {
  const moments = comings.value.map(({ atMs, key }) => ({ atMs, label: keyLabel(key) }));
  const bins = binsOf(moments, window);
  const marker = placeIn(window, nowMs);
  return (
    <div class="timeline" aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${width} 30`} preserveAspectRatio="none">
        <line x1="0" y1="22" x2={width} y2="22" class="axis" vector-effect="non-scaling-stroke" />
        {bins.map((bin) => (
          <Bar key={bin.x} bin={bin} isPast={bin.x < marker} />
        ))}
        <line x1={marker} y1="0" x2={marker} y2="30" class="now" vector-effect="non-scaling-stroke" />
      </svg>
      <div class="labels">
        <span class="here" style={{ left: `${marker / 10}%` }}>
          now
        </span>
        {labelled(bins.filter(({ x }) => Math.abs(x - marker) > 40)).map((bin) => (
          <span key={bin.x} style={{ left: `${bin.x / 10}%` }}>
            {bin.count > 1 ? `${bin.label} (${bin.count} keys)` : bin.label}
          </span>
        ))}
      </div>
    </div>
  );
}

function Bar({ bin: { x, count, titles }, isPast }: { readonly bin: Bin; readonly isPast: boolean }) {
  const height = Math.min(18, 6 + 4 * Math.log2(count));
  const more = count > titles.length ? [`and ${count - titles.length} more`] : [];
  return (
    <rect x={x} y={22 - height} width="4" height={height} class={isPast ? 'past' : 'coming'}>
      <title>{[...titles, ...more].join('\n')}</title>
    </rect>
  );
}
