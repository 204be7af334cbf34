import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

interface TabsProps {
  readonly names: readonly string[];
  readonly chosen: Signal<string>;
  readonly label: string;
  readonly children: ComponentChildren;
}

/** Tabs, one stop of the tab key: the arrows, Home and End choose among them. */
export function Tabs({ names, chosen, label, children }: TabsProps) {
  const choose = (index: number, list: Element | null) => {
    const at = (index + names.length) % names.length;
    chosen.value = names[at] ?? chosen.value;
    const tab = list?.children[at];
    if (tab instanceof HTMLElement) tab.focus();
  };
  const move = ({ key, currentTarget }: { readonly key: string; readonly currentTarget: HTMLElement }) => {
    const now = names.indexOf(chosen.value);
    const wanted = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: names.length - 1 }[key];
    if (wanted === undefined) return false;
    choose(wanted, currentTarget);
    return true;
  };
  if (names.length === 0) return null;
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={(event) => move(event) && event.preventDefault()}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === chosen.value}
            aria-controls="tab-panel"
            tabIndex={name === chosen.value ? 0 : -1}
            onClick={() => (chosen.value = name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${chosen.value}`}>
        {children}
      </div>
    </>
  );
}
