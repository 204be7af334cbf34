import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { settingsOf, variableOf } from '../src/config/settings.ts';
import { parseDurationMs } from '../src/formats/duration.ts';
import { root } from '../src/package.ts';
import { loadProviders } from '../src/providers/index.ts';
import { startActionJob } from './support/action-job.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = read('Dockerfile');
const files = [
  'Dockerfile',
  'action.yml',
  'examples/kubernetes/latchkey.yaml',
  'examples/replicas/kubernetes.yaml',
  '.github/workflows/ci.yml',
];

/** What the Dockerfile says of the image, in words: the last instruction of a name, for earlier ones may be of the build. */
function instruction(name: string): readonly string[] {
  const lines = [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))];
  return lines.at(-1)?.[1]?.split(' ') ?? [];
}

test.each(files)('%s names only variables that are settings', async (name) => {
  const settings = Object.keys(settingsOf(await loadProviders())).map(variableOf);
  // What clients read.
  const known = new Set([...settings, 'LATCHKEY_URL']);
  const named = read(name)
    .replaceAll(/#.*$/gm, '')
    .match(/\bLATCHKEY_\w+/g);
  expect((named ?? []).filter((variable) => !known.has(variable))).toEqual([]);
});

const documentsOf = (name: string) => parseAllDocuments(read(name)).map((one) => one.toJS());

describe.each([
  ['examples/kubernetes/latchkey.yaml', '/_latchkey/health'],
  ['examples/replicas/kubernetes.yaml', '/_latchkey/ready'],
])('%s', (name, whenStarted) => {
  const documents = documentsOf(name);
  const deployment = documents.find(({ kind }) => kind === 'Deployment');
  const service = documents.find(({ kind }) => kind === 'Service');
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  test('runs as the user of the image, with a root that cannot be written, and may do nothing else', () => {
    const { runAsNonRoot, runAsUser, runAsGroup } = pod.securityContext;
    expect([`${runAsUser}:${runAsGroup}`]).toEqual(instruction('USER'));
    expect([runAsNonRoot, pod.automountServiceAccountToken]).toEqual([true, false]);
    expect(container.securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('is asked for its health where it answers, and reached by its service', () => {
    const [port] = container.ports;
    expect(instruction('EXPOSE')).toContain(String(port.containerPort));
    const paths = { startupProbe: whenStarted, readinessProbe: '/_latchkey/ready', livenessProbe: '/_latchkey/health' };
    for (const [probe, path] of Object.entries(paths)) expect(container[probe].httpGet, probe).toEqual({ path, port: port.name });
    expect(service.spec.ports).toEqual([{ name: port.name, port: port.containerPort, targetPort: port.name }]);
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
    expect(service.spec.selector).toEqual(deployment.spec.selector.matchLabels);
  });

  test('has the time to drain before it is killed, and the drain is noticed', () => {
    const drain = container.env.find((one: { readonly name: string }) => one.name === 'LATCHKEY_DRAIN');
    const drainSeconds = (parseDurationMs(drain.value) ?? Number.NaN) / 1000;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(drainSeconds + 1);
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(periodSeconds * failureThreshold).toBeLessThan(drainSeconds);
  });

  test('is not told of its own service in variables that look like settings', () => {
    expect(pod.enableServiceLinks).toBe(false);
  });
});

test('examples/kubernetes/latchkey.yaml keeps the database in the folder that the image can write, for one process at a time', () => {
  const [claim, deployment] = documentsOf('examples/kubernetes/latchkey.yaml');
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;
  const [mount] = container.volumeMounts;
  expect([mount.mountPath]).toEqual(instruction('WORKDIR'));
  expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
  expect(container.env[0].value.startsWith(`${mount.mountPath}/`)).toBe(true);
  expect(pod.volumes).toEqual([{ name: mount.name, persistentVolumeClaim: { claimName: claim.metadata.name } }]);
  expect([deployment.spec.replicas, deployment.spec.strategy.type]).toEqual([1, 'Recreate']);
});

describe('examples/replicas/kubernetes.yaml', () => {
  const [deployment, service, budget, ...more] = documentsOf('examples/replicas/kubernetes.yaml');
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  test('has pods that keep nothing of their own, and the URL of the database from a secret', () => {
    expect([pod.volumes, container.volumeMounts]).toEqual([undefined, undefined]);
    expect(container.env[0]).toEqual({
      name: 'LATCHKEY_DB',
      valueFrom: { secretKeyRef: { name: 'latchkey-db', key: 'url' } },
    });
    // As its head says how to make that secret.
    expect(read('examples/replicas/kubernetes.yaml')).toContain(
      'create secret generic latchkey-db --from-literal=url=postgres://',
    );
  });

  test('replaces one pod at a time, once another one is ready, on different nodes where there are any', () => {
    expect(deployment.spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    expect(pod.topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: deployment.spec.selector,
      },
    ]);
  });

  test('is left with two pods by whoever empties a node', () => {
    expect([deployment.kind, service.kind, budget.kind, more]).toEqual(['Deployment', 'Service', 'PodDisruptionBudget', []]);
    expect(budget.spec).toEqual({ minAvailable: 2, selector: deployment.spec.selector });
    expect(deployment.spec.replicas).toBeGreaterThan(budget.spec.minAvailable);
  });

  test('waits for an answer of PostgreSQL for as long as latchkey does', () => {
    for (const probe of ['startupProbe', 'readinessProbe'])
      expect(container[probe].timeoutSeconds, probe).toBeGreaterThanOrEqual(2);
  });
});

describe('.github/workflows/ci.yml', () => {
  const workflow = read('.github/workflows/ci.yml');
  const { jobs, concurrency } = parse(workflow);
  const commands = (job: string): string => jobs[job].steps.map(({ run = '' }: { run?: string }) => run).join('\n');
  const all = Object.keys(jobs).map(commands).join('\n');

  test('runs the tests with every Node.js that a machine may have', () => {
    expect(jobs.test.strategy.matrix.node).toEqual([20, 22, 24]);
    expect(commands('test')).toBe('\n\nnpm ci\nnpm test');
  });

  test('runs the package on the oldest Node.js that it promises, by that very Node.js', () => {
    const { engines }: { readonly engines: { readonly node: string } } = JSON.parse(read('package.json'));
    const oldest = `${engines.node.replace('>=', '')}.0`;
    const [, setUp] = jobs['oldest-node'].steps;
    expect(setUp.with['node-version']).toBe(oldest);
    expect(commands('oldest-node')).toBe(`\n\nnpm ci\nnode .ci/package.mjs --node v${oldest}`);
  });

  test('pins every action to a commit, and says which version that is', () => {
    const actions = workflow.match(/uses: .*/g) ?? [];
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
    // One action, one commit.
    const names = new Set(actions.map((action) => action.replace(/@.*/, '')));
    expect(new Set(actions).size).toBe(names.size);
  });

  test('cancels superseded runs of a pull request, and no others', () => {
    expect(concurrency['cancel-in-progress']).toBe(true);
    expect(concurrency.group).toContain("github.event_name == 'pull_request' && github.ref || github.run_id");
  });

  test('builds the image for both platforms, and tests it', () => {
    expect(jobs.image.strategy.matrix.platform).toEqual(['linux/amd64', 'linux/arm64']);
    expect(commands('image')).toContain('docker run');
  });

  test('publishes only on a tag, after everything else', () => {
    const publishing = Object.keys(jobs).filter((job) => /--push|docker push|npm publish/.test(commands(job)));
    expect(publishing).toEqual(['publish']);
    expect(jobs.publish.if).toBe("startsWith(github.ref, 'refs/tags/v')");
    expect(jobs.publish.needs).toEqual(Object.keys(jobs).filter((job) => job !== 'publish'));
  });

  test('calls only scripts that exist', () => {
    const { scripts }: { readonly scripts: object } = JSON.parse(read('package.json'));
    const called = [...all.matchAll(/npm run (\S+)/g)].map(([, script]) => script);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
    const missing = [...all.matchAll(/\.ci\/\S+/g)].filter(([file]) => !existsSync(join(root, file)));
    expect(missing).toEqual([]);
  });
});

describe('action.yml', () => {
  const action = parse(read('action.yml'));

  test('starts latchkey, and hands its URL and its credentials to later steps', async () => {
    const job = startActionJob(action);
    const port = await freePort();
    const moment = { clock: '2030-01-01T00:00:00Z', providers: 'rockset', args: '--log-level warn' };
    expect(await job.run({ port: String(port), ...moment })).toEqual({ status: 0, output: '' });
    // found 6.13: it runs its own checkout, and asks no registry for a package by its name.
    expect(job.npmCalls()).toEqual(['action: ci --no-audit --no-fund --silent', 'action: run --silent build']);

    const { url = '' } = job.outputs();
    expect(url).toBe(`http://localhost:${port}`);
    const { ROCKSET_APIKEY: secret, ...bases } = job.environment();
    expect(bases).toEqual({ LATCHKEY_URL: url, ROCKSET_APISERVER: url });
    const headers = { authorization: `ApiKey ${secret}` };
    expect((await fetch(`${url}/v1/orgs/self`, { headers })).status).toBe(200);
    const clock: { readonly now: string } = JSON.parse(await (await fetch(`${url}/_latchkey/clock`)).text());
    expect(clock.now).toMatch(/^2030-01-01T00:0/);
  });

  test('found 6.13: no input is written into the text of a step, and no package is fetched by a name', () => {
    const steps: readonly { readonly run: string }[] = action.runs.steps;
    expect(steps.filter(({ run }) => /\$\{\{|npx|npm (i|install|exec)\b/.test(run))).toEqual([]);
  });

  test('fails with the reason if latchkey does not start', async () => {
    const { status, output } = await startActionJob(action).run({ port: String(await freePort()), seed: 'missing.yaml' });
    expect(status).toBe(1);
    expect(output).toContain('missing.yaml');
  });
});

/** A port that is free. It cannot be 0: the action's URL names it. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
