import type { Route } from '../http';
import { hashUuid } from './ids';
import { ok } from './requests';

/** Whether the keys work; the server has refused wrong ones before. */
export function keyRoutes(): readonly Route[] {
  return [
    { method: 'GET', path: '/api/v1/validate', auth: 'api', rateLimit: 'validate', handle: () => ok({ valid: true }) },
    { method: 'GET', path: '/api/v2/validate_keys', auth: 'app', rateLimit: 'validate', handle: () => ok({ status: 'ok' }) },
    {
      method: 'GET',
      path: '/api/v2/validate',
      auth: 'api',
      rateLimit: 'validate',
      handle: ({ headers }) => {
        const id = hashUuid(String(headers['dd-api-key']));
        return ok({ data: { id, type: 'validate_v2', attributes: { api_key_id: id, api_key_scopes: [], valid: true } } });
      },
    },
  ];
}
