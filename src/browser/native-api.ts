/** What stands for the polyfill in the background's bundle. */
export default chrome;
