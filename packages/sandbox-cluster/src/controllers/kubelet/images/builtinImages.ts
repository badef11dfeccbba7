/*
 * Copyright 2026 The Keptn Tasks for Backstage Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import { ImageRule } from '../../options';

/** Programs of the Deno image that its entrypoint recognises as subcommands. */
const DENO_ENTRYPOINT = `
case "$1" in
  -*|bundle|cache|check|compile|completions|coverage|doc|eval|fmt|help|info|install|lint|lsp|repl|run|task|test|types|uninstall|upgrade|vendor)
    exec deno "$@";;
esac
exec "$@"`;

/** Keptn's Deno runner: arguments are not passed on, whatever the container's \`args\` say. */
const KEPTN_DENO_ENTRYPOINT = `
exec deno run --allow-net --allow-write --allow-read \
  --allow-env=DATA,SECURE_DATA,KEPTN_CONTEXT "$SCRIPT"`;

/**
 * Keptn's Python runner: a URL is piped into the interpreter without looking at how the download went;
 * CMD_ARGS are arguments of the interpreter.
 */
const KEPTN_PYTHON_ENTRYPOINT = `
case "$SCRIPT" in
  http://*|https://*|ftp://*|file://*)
    curl -s $SCRIPT | python3 $CMD_ARGS -;;
  *)
    python3 $CMD_ARGS $SCRIPT;;
esac`;

const CURL_ENTRYPOINT = `
if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ]; then
  set -- curl "$@"
fi
exec "$@"`;

/** Where Deno keeps what it downloads and compiles: inside the container, so each start begins afresh. */
const DENO_ENV = { DENO_DIR: '/deno-dir', DENO_NO_UPDATE_CHECK: '1' };

const script = (text: string) => ['sh', '-c', text, 'entrypoint'];

/** Images that the sandbox stands in for with the programs of the machine it runs on. */
export const builtinImages: ImageRule[] = [
  {
    name: /^ghcr\.io\/keptn\/deno-runtime$/,
    entrypoint: script(KEPTN_DENO_ENTRYPOINT),
    env: DENO_ENV,
    user: 'deno',
  },
  {
    name: /^ghcr\.io\/keptn\/python-runtime$/,
    entrypoint: script(KEPTN_PYTHON_ENTRYPOINT),
    env: { CMD_ARGS: '', SCRIPT: '' },
    user: '1000:1000',
  },
  {
    name: /^(docker\.io|ghcr\.io)\/denoland\/deno$/,
    entrypoint: script(DENO_ENTRYPOINT),
    env: DENO_ENV,
    cmd: ['eval', "console.log('Welcome to Deno!')"],
  },
  { name: /^docker\.io\/library\/python$/, cmd: ['python3'] },
  { name: /^docker\.io\/library\/busybox$/, cmd: ['sh'] },
  { name: /^docker\.io\/library\/alpine$/, cmd: ['/bin/sh'] },
  { name: /^docker\.io\/library\/bash$/, cmd: ['bash'] },
  { name: /^docker\.io\/library\/debian$/, cmd: ['bash'] },
  { name: /^docker\.io\/library\/ubuntu$/, cmd: ['/bin/bash'] },
  {
    name: /^(docker\.io|quay\.io)\/(curlimages|curl)\/curl$/,
    entrypoint: script(CURL_ENTRYPOINT),
    cmd: ['curl'],
    user: 'curl_user',
  },
];
