import { browser } from './api.ts';
/** Whether this context serves private windows: of a page its own window's, of Chromium's background its own half (`split`). */
export const isPrivate = (): boolean => browser.extension.inIncognitoContext === true;
