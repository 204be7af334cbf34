import type { Emulated } from './emulated.ts';

/** A provider that this version of latchkey knows. */
export type ProviderName = keyof Emulated;

/** An operation of some provider, emulated or only known: the vendor's own id. */
export type OperationId = Emulated[ProviderName]['operation'];

/** A version of each provider. */
export type Profiles = { readonly [P in ProviderName]?: Emulated[P]['profile'] };
