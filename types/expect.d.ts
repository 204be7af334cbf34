/**
 * The part of Jest's package `expect` that is added to. It comes with Jest, and is not installed here. `.ci/test-runners.mjs` compiles
 * with the real one.
 */
declare module 'expect' {
  export interface Matchers<R extends void | Promise<void>, T = unknown> {}
}
