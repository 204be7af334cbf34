import { render } from 'preact';
import { Frame } from './parts/frame.tsx';
import { Faults } from './screens/faults.tsx';
import { Overview } from './screens/overview.tsx';
import { TryIt } from './screens/try-it.tsx';
import { Worlds } from './screens/worlds.tsx';
import { followAddress, route } from './state/route.ts';
import { readToken } from './state/token.ts';

const screens = { overview: Overview, faults: Faults, worlds: Worlds, try: TryIt };

function App() {
  const Screen = screens[route.value.screen];
  return (
    <>
      <Frame />
      <main>
        <Screen />
      </main>
    </>
  );
}

readToken();
followAddress();
const place = document.getElementById('app');
if (place !== null) render(<App />, place);
