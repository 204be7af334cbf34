import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { connection } from '../state/connection.ts';
import { useActing } from './act.ts';
import { Action, Refusal } from './controls.tsx';

interface AskedActionProps {
  readonly run: () => Promise<unknown>;
  /** What is asked before anything is done: `Drop shop-7? This cannot be undone.` */
  readonly question: string;
  /** The button that does it, once it was asked. */
  readonly yes: string;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

/** A button that asks once, in its own place, before it makes its call. The focus follows, and comes back. */
export function AskedAction({ run, question, yes, disabled = false, children }: AskedActionProps) {
  const isAsking = useSignal(false);
  const acting = useActing();
  const [first, keep] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const wasAsking = useRef(false);
  useLayoutEffect(() => {
    if (isAsking.value) keep.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking.value;
  }, [isAsking.value]);
  const ask = (asked: boolean) => () => {
    isAsking.value = asked;
  };
  if (!isAsking.value)
    return (
      <>
        <button type="button" ref={first} disabled={disabled || connection.value.state !== 'live'} onClick={ask(true)}>
          {children}
        </button>
        <Refusal of={acting} />
      </>
    );
  const stopOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    isAsking.value = false;
  };
  return (
    <fieldset class="asked" onKeyDown={stopOnEscape}>
      <legend>{question}</legend>
      <Action acting={acting} kind="danger" run={() => run().finally(ask(false))}>
        {yes}
      </Action>
      <button type="button" ref={keep} onClick={ask(false)}>
        Keep
      </button>
    </fieldset>
  );
}
