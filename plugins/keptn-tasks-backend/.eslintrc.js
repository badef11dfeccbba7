// Imports go downwards only: the folders are the architecture.
const layers = {
  domain: [],
  cluster: ['domain'],
  history: ['domain'],
  controllers: ['domain', 'cluster', 'history', 'webhook'],
  telemetry: ['domain', 'cluster', 'history', 'controllers'],
  webhook: ['domain', 'cluster'],
  service: ['domain', 'cluster', 'history'],
  router: ['schema', 'service'],
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // Without this the rule cannot follow imports of .ts files, and then says nothing at all.
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: {
    // What has to become true in the end is asserted by waiting for it.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect*', 'until', 'succeedsOnce'] },
    ],
  },
  overrides: [
    {
      files: ['src/**/*.ts'],
      excludedFiles: ['**/*.test.ts', '**/__testUtils__/**'],
      rules: {
        'import/no-restricted-paths': [
          'error',
          {
            basePath: `${__dirname}/src`,
            zones: Object.entries(layers).map(([layer, below]) => ({
              target: `./${layer}`,
              from: '.',
              except: [layer, ...below].map(name => `./${name}`),
            })),
          },
        ],
      },
    },
  ],
});
