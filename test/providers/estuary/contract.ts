import type { VendorOperation } from '../vendor-operation.ts';

export const operations: readonly VendorOperation[] = [
  {
    id: 'userApiKeysGet',
    method: 'GET',
    path: '/user/api-keys',
    successStatus: 200,
    fields: ['token', 'tokenHash', 'label', 'expiry'],
    source: 'server source, seen on the wire',
  },
  {
    id: 'userApiKeysPost',
    method: 'POST',
    path: '/user/api-keys',
    successStatus: 200,
    fields: ['token', 'tokenHash', 'label', 'expiry'],
    source: 'server source, seen on the wire',
  },
  {
    id: 'userApiKeysKeyDelete',
    method: 'DELETE',
    path: '/user/api-keys/{key}',
    successStatus: 200,
    fields: [],
    source: 'server source, seen on the wire',
  },
  {
    id: 'userExportGet',
    method: 'GET',
    path: '/user/export',
    successStatus: 200,
    fields: ['Version', 'Date', 'Version1'],
    source: 'server source, seen on the wire',
  },
  {
    id: 'userStatsGet',
    method: 'GET',
    path: '/user/stats',
    successStatus: 200,
    fields: ['totalSize', 'numPins'],
    source: 'server source, seen on the wire',
  },
];
