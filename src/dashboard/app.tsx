import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { Frame, MutantBanner } from './parts/frame.tsx';
import { Help } from './parts/help.tsx';
import { Notices, Refused } from './parts/notices.tsx';
import { Faults } from './screens/faults.tsx';
import { Overview } from './screens/overview.tsx';
import { TryIt } from './screens/try-it.tsx';
import { Worlds } from './screens/worlds.tsx';
import { base } from './state/calls.ts';
import { connection } from './state/connection.ts';
import { startFlow } from './state/flow.ts';
import { listenToKeys } from './state/keyboard.ts';
import { startTicking } from './state/now.ts';
import { placeOf } from './state/place.ts';
import { isRefused } from './state/request-view.ts';
import { followAddress, route } from './state/route.ts';
import { requests } from './state/store.ts';
import { startTheme } from './state/theme.ts';
import { titleOf } from './state/title.ts';
import { readToken } from './state/token.ts';

const screens = { overview: Overview, faults: Faults, worlds: Worlds, try: TryIt };

/** Whether the list of keys is shown, and why what a key of the keyboard asked for was refused. */
const [isHelping, refusal] = [signal(false), signal('')];
const help = (isShown: boolean) => () => {
  isHelping.value = isShown;
};

function App() {
  const { value: stand } = connection;
  const Screen = screens[route.value.screen];
  return (
    <>
      <Frame />
      <MutantBanner />
      <Notices />
      <KeyRefusal />
      <main class={stand.state === 'lost' ? 'lost' : ''}>
        {stand.state === 'refused' ? <Refused error={stand.error} /> : <Screen />}
      </main>
      <footer>
        <button type="button" onClick={help(true)}>
          ? keys
        </button>
      </footer>
      {isHelping.value && <Help close={help(false)} />}
    </>
  );
}

function KeyRefusal() {
  if (refusal.value === '') return null;
  const close = () => {
    refusal.value = '';
  };
  return (
    <p class="banner" role="alert">
      {refusal.value}{' '}
      <button type="button" onClick={close}>
        Close
      </button>
    </p>
  );
}

readToken();
followAddress();
startTheme();
startTicking();
startFlow();
listenToKeys({
  help: help(true),
  refused: (error) => {
    refusal.value = error instanceof Error ? error.message : String(error);
  },
});
effect(() => {
  document.title = titleOf(location.port, placeOf(base.href).world, requests.value.filter(isRefused).length);
});
const place = document.getElementById('app');
if (place !== null) render(<App />, place);
