/**
 * The layers, as the build enforces them: entries → {background, panel, workers, browser} → core; inside the core
 * report, judge → trust → token and capture → token, never upward, no circles. Shapes (types) may be read across.
 */
const types = ['type-only'];

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: types } } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core' },
      to: { path: '^src/(background|browser|panel|workers|entries)|webextension-polyfill|preact' },
    },
    {
      name: 'token-is-the-bottom',
      severity: 'error',
      from: { path: '^src/core/token' },
      to: { path: '^src/core/(capture|trust|judge|report)' },
    },
    {
      name: 'capture-knows-only-token',
      severity: 'error',
      from: { path: '^src/core/capture' },
      to: { path: '^src/core/(trust|judge|report)' },
    },
    {
      name: 'trust-knows-only-token',
      severity: 'error',
      from: { path: '^src/core/trust' },
      to: { path: '^src/core/(capture|judge|report)' },
    },
    {
      name: 'judge-does-not-report',
      severity: 'error',
      from: { path: '^src/core/judge' },
      to: { path: '^src/core/(report|capture)', dependencyTypesNot: types },
    },
    {
      name: 'browser-is-thin',
      severity: 'error',
      from: { path: '^src/browser' },
      to: { path: '^src/(background|entries|panel)', dependencyTypesNot: types },
    },
    {
      name: 'browser-api-only-in-browser-and-entries',
      severity: 'error',
      from: { path: '^src/(background|panel|workers)' },
      to: { path: '^src/browser|webextension-polyfill', dependencyTypesNot: types },
    },
    {
      name: 'background-and-panel-are-apart',
      severity: 'error',
      from: { path: '^src/(background|panel)/' },
      to: { path: '^src/(background|panel)/', pathNot: '^src/$1/', dependencyTypesNot: types },
    },
    { name: 'nothing-imports-entries', severity: 'error', from: { pathNot: '^test' }, to: { path: '^src/entries' } },
    {
      name: 'workers-are-the-core-alone',
      severity: 'error',
      from: { path: '^src/workers' },
      to: { pathNot: '^src/core' },
    },
    { name: 'no-tests-in-src', severity: 'error', from: { path: '^src' }, to: { path: '^test' } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};
