// A latchkey of its own for a test: the built command, on a free port, with a frozen clock.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { join } from 'node:path';
import { atEnd } from './at-end.mjs';

const root = join(import.meta.dirname, '..', '..');

/** The clock of every test begins here. */
export const start = '2030-01-01T00:00:00Z';

/**
 * Starts one, ended with the test `t`.
 * @param {import('node:test').TestContext} t
 * @param {readonly string[]} settings
 */
export async function startLatchkey(t, settings = [], { adminToken, port = 0, frozen = true } = {}) {
  const token = adminToken === undefined ? [] : ['--admin-token', adminToken];
  const given = ['dist/cli.js', '--port', String(port), '--clock', start, '--log-level', 'warn', ...token, ...settings];
  const child = spawn(process.execPath, given, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    await exited;
  };
  atEnd(t, () => stop('SIGKILL'));
  const url = await announced(child);
  const call = callerOf(url, adminToken);
  if (frozen) {
    await call('POST', '/_latchkey/clock/freeze');
    await call('PUT', '/_latchkey/clock', { now: start });
  }
  return { url, port: Number(new URL(url).port), pid: child.pid, call, stop };
}

/** The shared address, as the announcement says it once the command listens. */
function announced(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const [, url] = /ready: (http:\/\/[^ \n]+)/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (status) => reject(new Error(`latchkey ended with ${status}: ${text}`)));
  });
}

/** A function that calls `url` as a test does: its answer has to be a success, and is read as JSON. */
function callerOf(url, adminToken) {
  return async (method, path, body) => {
    const answer = await send(url + path, {
      method,
      headers: adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    assert.ok(answer.status < 300, `${method} ${path} was answered ${answer.status}: ${answer.text}`);
    return answer.text === '' ? null : JSON.parse(answer.text);
  };
}

/** Sends a request on a connection of its own, trusting any certificate: gives `{ status, text }`. */
export function send(url, { method = 'GET', headers = {}, body } = {}) {
  const request = url.startsWith('https:') ? requestByHttps : requestByHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      answer.once('end', () => resolve({ status: answer.statusCode, text, headers: answer.headers }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Issues a key of Rockset as a control plane call does: `{ key, secret, credential }`. */
export const issue = (latchkey, fields, world = '') =>
  latchkey.call('POST', `${world}/_latchkey/keys`, { provider: 'rockset', owner: 'member@me.com', ...fields });

/** Asks Rockset for its organisation with a secret. */
export const useKey = (latchkey, secret, { world = '', path = '/v1/orgs/self', headers = {} } = {}) =>
  send(`${latchkey.url}${world}${path}`, { headers: { authorization: `ApiKey ${secret}`, ...headers } });
