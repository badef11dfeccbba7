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

/** What kind of answer an error was, as far as the pages make a difference. */
export type ApiErrorKind = 'forbidden' | 'notFound' | 'other';

/** Tells a refusal and an absence from everything else. */
export function apiErrorKind(error: Error): ApiErrorKind {
  const status = (error as { statusCode?: number }).statusCode;
  const cause = (error as { cause?: { name?: string } }).cause?.name;
  const names = [error.name, cause];
  if (status === 403 || names.includes('NotAllowedError')) return 'forbidden';
  if (status === 404 || names.includes('NotFoundError')) return 'notFound';
  return 'other';
}

/** The sentence that the server said, without the words around it. */
export function errorMessage(error: Error): string {
  const cause = (error as { cause?: { message?: string } }).cause?.message;
  return cause || error.message;
}
