import { effect, signal } from '@preact/signals';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const place = 'latchkey-theme';

/** Light, dark, or as the system has it. */
export const theme = signal<Theme>('auto');

/** Looks as this browser was told before. */
export function startTheme(): void {
  theme.value = themes.find((name) => name === localStorage.getItem(place)) ?? 'auto';
  effect(() => {
    document.documentElement.style.colorScheme = theme.value === 'auto' ? 'light dark' : theme.value;
    localStorage.setItem(place, theme.value);
  });
}
