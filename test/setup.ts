/** Node 20 lacks Uint8Array.fromBase64 and its relatives, which both browsers have; core-js gives the standard's. */
import 'core-js/actual/typed-array/from-base64.js';
import 'core-js/actual/typed-array/from-hex.js';
import 'core-js/actual/typed-array/set-from-base64.js';
import 'core-js/actual/typed-array/to-base64.js';
import 'core-js/actual/typed-array/to-hex.js';
