import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { comings, firstFrom } from '../state/coming.ts';
import { shownInstant } from '../state/instants.ts';
import { keyLabel, shownSpan } from '../state/key-view.ts';
import { advanceBy, earlier, goBack, goToEvent, holdClock, setClock, setClockTo, told } from '../state/moves.ts';
import { now, nowInSeconds } from '../state/now.ts';
import { clock } from '../state/store.ts';
import { instantIn, placeIn, spans, type Window, width, windowAround } from '../state/timeline.ts';
import { type Acting, useActing } from './act.ts';
import { ComingUp } from './coming-up.tsx';
import { Action, Refusal } from './controls.tsx';
import { Timeline } from './timeline.tsx';

/** The world's clock: what it says, what it will bring about, and how it is moved. */
export function ClockBar() {
  const acting = useActing();
  const span = useSignal('fit');
  return (
    <section class="clock" aria-label="Clock">
      <Moves acting={acting} />
      <div class="line">
        <Events acting={acting} />
        <span role="status">{told.value}</span>
        <label class="span">
          span{' '}
          <select
            value={span.value}
            onChange={({ currentTarget }) => {
              span.value = currentTarget.value;
            }}
          >
            {['fit', ...Object.keys(spans)].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <Refusal of={acting} />
      <Slider acting={acting} span={span.value} />
    </section>
  );
}

/** What the clock says. It ticks without anything else being drawn again. */
function Reading() {
  const at = now.value;
  return <span class="now">{at === null ? '–' : shownInstant(clock.value?.frozen ? at : Math.floor(at / 1000) * 1000)}</span>;
}

function Moves({ acting }: { readonly acting: Acting }) {
  const isFrozen = clock.value?.frozen ?? false;
  return (
    <div class="line">
      <Reading />
      <span class={isFrozen ? 'tag cold' : 'tag'}>{isFrozen ? 'frozen' : 'running'}</span>
      <Action acting={acting} run={() => holdClock(!isFrozen)} title="f">
        {isFrozen ? 'Resume' : 'Freeze'}
      </Action>
      {['1m', '1h', '1d', '30d'].map((step) => (
        <Action
          key={step}
          acting={acting}
          run={() => advanceBy(step.endsWith('d') ? `${Number.parseInt(step, 10) * 24}h` : step)}
        >
          +{step}
        </Action>
      ))}
      <SetClock acting={acting} />
    </div>
  );
}

function SetClock({ acting }: { readonly acting: Acting }) {
  const text = useSignal('');
  const details = useRef<HTMLDetailsElement>(null);
  const set = async (event: Event) => {
    event.preventDefault();
    if ((await acting.run(() => setClockTo(text.value))) && details.current) details.current.open = false;
  };
  return (
    <details ref={details} class="menu" onToggle={() => (text.value = shownInstant(now.peek() ?? 0).replace(' ', 'T'))}>
      <summary>Set…</summary>
      <form onSubmit={set}>
        <label>
          New instant <input value={text.value} size={26} onInput={({ currentTarget }) => (text.value = currentTarget.value)} />
        </label>
        <button type="submit">Set</button>
      </form>
    </details>
  );
}

function Events({ acting }: { readonly acting: Acting }) {
  const at = nowInSeconds.value;
  const next = firstFrom(comings.value, at, true);
  const passing = firstFrom(comings.value, at, false);
  const count = comings.value.filter(({ atMs }) => atMs >= at).length;
  const before = earlier.value.at(-1);
  return (
    <>
      <Action
        acting={acting}
        disabled={before === undefined}
        run={goBack}
        title={
          before === undefined
            ? 'This page has not moved the clock'
            : `Back to ${shownInstant(before)}: keys that expired since are accepted again`
        }
      >
        ◂ previous
      </Action>
      <Action acting={acting} disabled={next === undefined} run={async () => next && goToEvent(next, '0s')} title="n">
        last moment of next ▸
      </Action>
      <Action acting={acting} disabled={passing === undefined} run={async () => passing && goToEvent(passing, '1ms')} title="N">
        just after ▸▸
      </Action>
      <ComingUp />
      <span class="faint">
        {passing === undefined
          ? 'nothing is to come'
          : `next: ${keyLabel(passing.key)} ${passing.event === 'expiry' ? '' : `(${passing.event}) `}${passing.atMs === at ? 'now' : `in ${shownSpan(passing.atMs - at)}`}, of ${count} to come`}
      </span>
    </>
  );
}

function Slider({ acting, span }: { readonly acting: Acting; readonly span: string }) {
  const at = nowInSeconds.value;
  const dragged = useSignal<{ readonly window: Window; readonly place: number } | null>(null);
  const windowOf = (atMs: number) => windowAround(atMs, span, firstFrom(comings.value, atMs, true)?.atMs);
  const window = dragged.value?.window ?? windowOf(at);
  const place = dragged.value?.place ?? placeIn(window, at);
  const instant = dragged.value === null ? at : instantIn(window, place);
  const letGo = async () => {
    if (dragged.value === null) return;
    await acting.run(() => setClock(instantIn(window, place), true));
    dragged.value = null;
  };
  return (
    <div class="drag">
      <Timeline window={window} nowMs={instant} />
      <input
        type="range"
        aria-label="Move the clock"
        aria-valuetext={shownInstant(instant)}
        min={0}
        max={width}
        step={width / 100}
        value={place}
        onInput={({ currentTarget }) => {
          // From the instant that it is, not from the whole second that is shown: no step forward may lead back.
          const from = dragged.value?.window ?? windowOf(now.peek() ?? at);
          dragged.value = { window: from, place: Number(currentTarget.value) };
        }}
        onChange={letGo}
      />
      <output class={dragged.value === null ? 'unseen' : 'dragged'}>{shownInstant(instant)}</output>
    </div>
  );
}
