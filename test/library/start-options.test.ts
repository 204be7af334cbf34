import { expectTypeOf, test } from 'vitest';
import type { Camel } from '../../src/config/config.ts';
import type { settings } from '../../src/config/settings.ts';
import type { ValueOf } from '../../src/config/values.ts';
import type { StartOptions } from '../../src/library.ts';

type Plain = Exclude<keyof typeof settings, 'providers' | 'upstream' | 'seed'>;
type OptionsOfSettings = { readonly [Name in Plain as Camel<Name>]?: ValueOf<(typeof settings)[Name]> };

/** Options of another shape than their settings: lists, and one value for each provider. */
type Shaped = 'providers' | 'upstreams' | 'profiles' | 'providerPorts' | 'seed';

test('every setting is an option of startLatchkey, with the type of its values', () => {
  expectTypeOf<keyof Omit<StartOptions, Shaped>>().toEqualTypeOf<keyof OptionsOfSettings>();
  expectTypeOf<OptionsOfSettings>().toExtend<Omit<StartOptions, Shaped>>();
});
