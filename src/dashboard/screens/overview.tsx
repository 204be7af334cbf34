/** Keys and requests side by side, under the clock. */
export function Overview() {
  return <h1 class="unseen">Overview</h1>;
}
