import { asksForLogin } from './login.ts';
import type { Carried } from './request.ts';

/** Whether an exchange is to be kept: it bears a credential, asks for a login, or was refused. */
export const isWorthStoring = ({ found, opaque }: Carried, url: string, status: number | undefined): boolean =>
  found.length > 0 || opaque.length > 0 || status === 401 || status === 403 || asksForLogin(url);
