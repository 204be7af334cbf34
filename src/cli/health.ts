import { defineCommand } from './command.ts';
import { problemAt } from './reaching/healthy.ts';
import { placeOptions, urlOf } from './reaching/place.ts';

export const command = defineCommand({
  options: { ...placeOptions, json: { type: 'boolean', description: 'print JSON' } },
  async run({ options }) {
    const url = urlOf(options);
    // By a name that every latchkey answers to, whatever address it is asked at.
    const problem = await problemAt(url, options.url === undefined ? { host: 'localhost' } : {});
    const data = { url, healthy: problem === undefined, problem: problem ?? null };
    if (problem === undefined) return { data, text: '' };
    return { data, text: '', problems: [`${url} is not healthy: ${problem}`], status: 1 };
  },
});
