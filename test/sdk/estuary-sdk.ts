import { createRequire } from 'node:module';

type Callback<T> = (error: SdkError | null, data: T, response: SdkResponse | undefined) => void;

interface SdkResponse {
  readonly status: number;
  readonly text: string;
}

/** The error with which the client's superagent reports a refusal. */
export interface SdkError extends Error {
  readonly status?: number;
  readonly response?: SdkResponse;
}

interface SdkKey {
  readonly token: string;
  readonly expiry: string;
}

interface ApiClient {
  basePath: string;
  readonly authentications: { readonly bearerAuth: { apiKey?: string; apiKeyPrefix?: string } };
}

interface UserApi {
  userApiKeysGet(callback: Callback<SdkKey[]>): void;
  userApiKeysPost(options: { expiry?: string; perms?: string }, callback: Callback<SdkKey>): void;
  userApiKeysKeyDelete(key: string, callback: Callback<null>): void;
  userExportGet(callback: Callback<string>): void;
  userStatsGet(callback: Callback<{ totalSize: number; numPins: number }>): void;
}

interface EstuaryClient {
  readonly ApiClient: new () => ApiClient;
  readonly UserApi: new (client: ApiClient) => UserApi;
}

/** The vendor's own client, which is CommonJS and has no types. */
const sdk: EstuaryClient = createRequire(import.meta.url)('estuary-client');

/** The operations of the vendor's client as promises; a refusal rejects with an SdkError. */
export function estuarySdk(basePath: string, apiKey: string, apiKeyPrefix?: string) {
  const client = new sdk.ApiClient();
  client.basePath = basePath;
  client.authentications.bearerAuth.apiKey = apiKey;
  if (apiKeyPrefix !== undefined) client.authentications.bearerAuth.apiKeyPrefix = apiKeyPrefix;
  const api = new sdk.UserApi(client);
  return {
    list: () => promised<SdkKey[]>((done) => api.userApiKeysGet(done)),
    create: (options: { expiry?: string; perms?: string } = {}) => promised<SdkKey>((done) => api.userApiKeysPost(options, done)),
    revoke: (key: string) => promised<null>((done) => api.userApiKeysKeyDelete(key, done)),
    exportData: () => promised<string>((done) => api.userExportGet(done)),
    stats: () => promised<{ totalSize: number; numPins: number }>((done) => api.userStatsGet(done)),
  };
}

function promised<T>(call: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, data) => (error === null ? resolve(data) : reject(error)));
  });
}
