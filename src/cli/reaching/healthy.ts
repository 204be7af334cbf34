import { answerOf } from './answer.ts';
import { whyUnreached } from './unreached.ts';

/** Why the latchkey at a base URL is not healthy; undefined if it is. Loads next to nothing: containers ask every few seconds. */
export async function problemAt(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  try {
    const { status, text } = await answerOf(`${url}/_latchkey/health`, { headers });
    if (status === 200 && /"status":\s*"ok"/.test(text)) return undefined;
    const failing = failureIn(text);
    if (failing !== undefined) return failing;
    if (/"error":\s*\{\s*"code"/.test(text)) return `its control plane answers ${status}`;
    return `the server there is not latchkey, or the port belongs to one provider only (status ${status})`;
  } catch (error) {
    return whyUnreached(url, error);
  }
}

/** What an answer about the health says is wrong; undefined if it says nothing of the kind. */
export function failureIn(text: string): string | undefined {
  if (!/"status":\s*"failing"/.test(text)) return undefined;
  const { problems }: { readonly problems: readonly { readonly world: string; readonly problem: string }[] } = JSON.parse(text);
  return problems.map(({ world, problem }) => `world ${world}: ${problem}`).join(' ');
}

/** Why the latchkey at a base URL is not ready; undefined if it is, or does not say: older ones do not. */
export async function unreadinessAt(url: string): Promise<string | undefined> {
  try {
    const { text } = await answerOf(`${url}/_latchkey/ready`, {});
    return /"status":\s*"not ready"/.test(text) ? `it is not ready: ${JSON.parse(text).reason}` : undefined;
  } catch (error) {
    return whyUnreached(url, error);
  }
}

/** The version of the latchkey at a base URL; undefined if none answers there. */
export async function versionAt(url: string): Promise<string | undefined> {
  try {
    const { text } = await answerOf(`${url}/_latchkey/health`, { headers: { host: 'localhost' } });
    return /"status":\s*"(?:ok|failing)".*"version":\s*"([^"]+)"/s.exec(text)?.[1];
  } catch {
    return undefined;
  }
}
