module.exports = {
  rules: {
    // These reject, and so fail the test, when what they name is not so.
    'jest/expect-expect': [
      'warn',
      {
        assertFunctionNames: [
          'expect',
          'expectStatus',
          'eventually',
          'untilGone',
          'watch.until',
          'timeline.untilPod',
          'timeline.untilJob',
        ],
      },
    ],
  },
};
