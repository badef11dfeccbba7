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

/** Where an API server is and how to prove who we are. */
export interface Connection {
  /** Base URL without a trailing slash. */
  url: string;
  /** PEM text of the authority that signed the server's certificate. */
  ca?: string;
  /** Accept any server certificate. */
  insecure?: boolean;
  /** Name to expect in the server's certificate, when it is not the host of the URL. */
  serverName?: string;
  /** PEM text of a client certificate and its key. */
  clientCertificate?: { cert: string; key: string };
  /** Value of the Authorization header. */
  authorization?: string;
}
