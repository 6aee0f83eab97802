/**
 * The browser's API with promises, by Mozilla's polyfill. The background is bundled without it (build.mjs), since there
 * it would be a fifth of the weight for nothing: what is used of the API has promises in both browsers' Manifest V3.
 */
import browser from 'webextension-polyfill';

export { browser };
