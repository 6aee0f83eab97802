/**
 * The browser's API with promises, by Mozilla's polyfill. Background and DevTools page are bundled without it (build.mjs):
 * it would be a third of their weight for nothing, since what they use of the API has promises in both browsers'
 * Manifest V3.
 */
import browser from 'webextension-polyfill';

export { browser };
