/** What stands for the polyfill in the bundles of background and DevTools page. */
export default chrome;
