import type { Instant } from '../clock.ts';
import { type ApiKey, effectiveState } from '../core/api-key.ts';
import type { EffectiveState } from '../core/key-state.ts';

/** The views that are given more than once, whose texts are therefore remembered. */
const remembered = new WeakSet<object>();

/**
 * Makes the view of a key once, and with `rememberingTexts` its JSON text, instead of at every request. A store gives the same frozen
 * key until it is changed or used, so a view goes with its key; and `toView` may use nothing but the key and its state at the instant,
 * which is asked every time. Not for views that hold a secret: those are not kept.
 */
export function rememberedView<K extends ApiKey, V extends object>(toView: (key: K, now: Instant) => V) {
  const views = new WeakMap<K, { readonly state: EffectiveState; readonly view: V }>();
  return (key: K, now: Instant): V => {
    const state = effectiveState(key, now);
    const known = views.get(key);
    if (known?.state === state) return known.view;
    const view = Object.freeze(toView(key, now));
    remembered.add(view);
    views.set(key, { state, view });
    return view;
  };
}

/** A serialiser that writes a remembered view once, and anything else every time. */
export function rememberingTexts(write: (data: unknown) => string): (data: unknown) => string {
  const texts = new WeakMap<object, string>();
  return (data) => {
    if (typeof data !== 'object' || data === null || !remembered.has(data)) return write(data);
    const known = texts.get(data);
    if (known !== undefined) return known;
    const text = write(data);
    texts.set(data, text);
    return text;
  };
}
