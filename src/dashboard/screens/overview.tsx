import { useEffect } from 'preact/hooks';
import { ClockBar } from '../parts/clock-bar.tsx';
import { Guarded } from '../parts/guarded.tsx';
import { KeyDetail } from '../parts/key-detail.tsx';
import { KeyList } from '../parts/key-list.tsx';
import { RequestDetail } from '../parts/request-detail.tsx';
import { RequestList } from '../parts/request-list.tsx';
import { route } from '../state/route.ts';
import { loadSeeded } from '../state/secret-of.ts';
import { isLoaded } from '../state/store.ts';

/** Keys and requests side by side, under the clock; their details below the list that they belong to. */
export function Overview() {
  useEffect(() => {
    // Without them a copied call has a variable in the secret's place.
    if (isLoaded.value) void loadSeeded().catch(() => undefined);
  }, [isLoaded.value]);
  return (
    <>
      <h1 class="unseen">Overview</h1>
      <ClockBar />
      <div class={isLoaded.value ? 'sides' : 'sides waiting'}>
        <div class="side of-keys">
          <KeyList />
          <Guarded key={`key ${route.value.key}`}>
            <KeyDetail />
          </Guarded>
        </div>
        <div class="side of-requests">
          <RequestList />
          <Guarded key={`request ${route.value.request}`}>
            <RequestDetail />
          </Guarded>
        </div>
      </div>
    </>
  );
}
