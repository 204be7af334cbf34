/**
 * The part of the package `testcontainers` (10 and later) that is used here. The package is an optional peer, but not a development
 * dependency, because it brings 170 others. `.ci/test-runners.mjs` compiles and runs with the real one.
 */
declare module 'testcontainers' {
  export interface WaitStrategy {
    withStartupTimeout(timeoutMs: number): this;
  }

  export const Wait: { forLogMessage(message: string | RegExp): WaitStrategy };

  export interface StartedTestContainer {
    getHost(): string;
    getMappedPort(port: number): number;
    stop(): Promise<unknown>;
  }

  export class GenericContainer {
    constructor(image: string);
    withExposedPorts(...ports: number[]): this;
    withEnvironment(environment: Record<string, string>): this;
    withCopyFilesToContainer(files: { source: string; target: string }[]): this;
    withWaitStrategy(strategy: WaitStrategy): this;
    start(): Promise<StartedTestContainer>;
  }

  export class AbstractStartedContainer implements StartedTestContainer {
    constructor(started: StartedTestContainer);
    getHost(): string;
    getMappedPort(port: number): number;
    stop(): Promise<unknown>;
  }
}
