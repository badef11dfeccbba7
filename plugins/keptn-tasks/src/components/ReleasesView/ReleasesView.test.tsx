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

import { act, screen, waitFor, within } from '@testing-library/react';
import {
  aHeldRelease,
  anAppRelease,
  anEntity,
  anEnvironment,
  anItem,
  aRelease,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  phasesOf,
  renderTab,
  responseError,
  secondsAgo,
} from '../../__testUtils__';

const card = (place: string) =>
  screen.findByRole('region', { name: new RegExp(`${place}`) });

/** A place where the smoke test of the checkout has failed, with the run that says why. */
function held() {
  const api = new FakeKeptnTasksApi();
  const { run } = api.save(
    aRunDetail(aRun({ state: 'Failed', trigger: { source: 'release' } })),
  );
  const release = aHeldRelease({}, { runId: run.id });
  api.releases.environments = [anEnvironment({ workloads: [release] })];
  return { api, release, run };
}

describe('the view of the releases', () => {
  it('is what one sees first', async () => {
    const { api } = held();
    await renderTab(api);
    expect(
      await screen.findByRole('tab', { name: 'Releases', selected: true }),
    ).toBeInTheDocument();
    expect(await card('sandbox/shop')).toHaveTextContent('checkout 2.4.0');
  });

  it('says what holds a release, since when, and which Pods wait', async () => {
    const { api } = held();
    await renderTab(api);
    const place = await card('sandbox/shop');
    expect(place).toHaveTextContent('Held: smoke-test failed 3 minutes ago');
    expect(place).toHaveTextContent('The script ended with exit code 1.');
    expect(place).toHaveTextContent('3 Pods gated');
    const pods = within(place).getByRole('list', { name: 'Gated Pods' });
    expect(within(pods).getAllByRole('listitem')).toHaveLength(3);
    expect(pods).toHaveTextContent('shop-checkout-7d9c6-a');
  });

  it('says of the last ten seconds that it was just now', async () => {
    const api = new FakeKeptnTasksApi();
    const release = aHeldRelease({}, { finishedAt: secondsAgo(2) });
    api.releases.environments = [anEnvironment({ workloads: [release] })];
    await renderTab(api);
    expect(await card('sandbox/shop')).toHaveTextContent(
      'Held: smoke-test failed just now',
    );
  });

  it.each([
    ['Production EU', 'Production EU · sandbox/shopapp shop'],
    ['Sandbox', 'sandbox/shopapp shop'],
  ])(
    'names the cluster %p once, by its title where that says more',
    async (clusterTitle, words) => {
      const api = new FakeKeptnTasksApi();
      const workloads = [aRelease({ clusterTitle })];
      api.releases.environments = [anEnvironment({ workloads })];
      await renderTab(api);
      const heading = await screen.findByRole('heading', {
        name: /sandbox\/shop/,
      });
      expect(heading.parentElement?.textContent).toBe(words);
    },
  );

  it('shows the phases of an app and those of its workload apart, and leaves empty ones out', async () => {
    const api = new FakeKeptnTasksApi();
    const app = anAppRelease({
      phases: phasesOf('app', {
        preTasks: { items: [anItem({ definition: 'approval' })] },
      }),
    });
    api.releases.environments = [
      anEnvironment({ app, workloads: [aRelease()] }),
    ];
    await renderTab(api);
    const ofApp = await screen.findByRole('list', {
      name: 'Phases of App shop 2.4.0',
    });
    expect(ofApp).toHaveTextContent(
      /Pre-deployment tasks.*approval.*Deployment/,
    );
    expect(ofApp).not.toHaveTextContent('Post-deployment');
    const ofWorkload = screen.getByRole('list', {
      name: 'Phases of Workload checkout 2.4.0',
    });
    expect(ofWorkload).toHaveTextContent('smoke-test');
    expect(
      within(ofWorkload).getAllByRole('img', { name: 'Succeeded' }).length,
    ).toBeGreaterThan(1);
  });

  it('leads from a task to its run', async () => {
    const { api, run } = held();
    const { user, address } = await renderTab(api);
    await user.click(await screen.findByRole('link', { name: 'smoke-test' }));
    expect(address()).toBe(`/runs/${run.id}`);
  });

  it('shows places with problems first', async () => {
    const api = new FakeKeptnTasksApi();
    api.releases.environments = [
      anEnvironment({ namespace: 'calm', workloads: [aRelease()] }),
      anEnvironment({ namespace: 'trouble', workloads: [aHeldRelease()] }),
    ];
    await renderTab(api);
    const headings = await screen.findAllByRole('heading', { level: 2 });
    expect(headings.map(one => one.textContent)).toEqual([
      'sandbox/trouble',
      'sandbox/calm',
    ]);
  });

  it('has a line for each workload of an app; a failed one is open, the others open on request', async () => {
    const api = new FakeKeptnTasksApi();
    const names = ['cart', 'catalogue', 'payments', 'search', 'stock'];
    const workloads = [
      aHeldRelease(),
      ...names.map(name => aRelease({ workloadName: `shop-${name}` })),
    ];
    const app = anAppRelease({ state: 'Failed', phase: 'deployment' });
    app.workloads = workloads.map(({ workloadName, version, state }) => ({
      workloadName: workloadName!,
      version,
      state,
    }));
    api.releases.environments = [anEnvironment({ app, workloads })];
    const { user } = await renderTab(api);
    const list = await screen.findByRole('list', {
      name: 'Workloads of shop 2.4.0',
    });
    expect(screen.getByText('5 of 6 workloads deployed')).toBeInTheDocument();
    const lines = within(list).getAllByRole('button', { expanded: false });
    expect(lines).toHaveLength(5);
    expect(
      within(list).getByRole('button', { expanded: true }),
    ).toHaveTextContent(/checkout 2.4.0.*Failed.*3 Pods gated/);

    await user.click(within(list).getByRole('button', { name: /^search/ }));
    expect(
      within(list).getByRole('list', {
        name: 'Phases of Workload search 2.4.0',
      }),
    ).toBeInTheDocument();
  });

  it('tells how the versions before went, and leads to them and to all', async () => {
    const api = new FakeKeptnTasksApi();
    const before = aRelease({ version: '2.3.9' });
    const failed = aHeldRelease({ version: '2.3.7', hold: undefined });
    api.releases.environments = [
      anEnvironment({ workloads: [aRelease()], previous: [before, failed] }),
    ];
    const { user, address } = await renderTab(api);
    const list = await screen.findByRole('list', {
      name: 'Versions before checkout',
    });
    expect(list).toHaveTextContent('2.3.9Succeeded40 s');
    expect(list).toHaveTextContent('2.3.7Failedsmoke-test');
    await user.click(
      screen.getByRole('link', {
        name: 'All releases of checkout in sandbox/shop',
      }),
    );
    expect(address()).toBe(
      '/releases?kind=workload&workload=shop-checkout&cluster=sandbox&namespace=shop',
    );
    expect(await screen.findAllByText('2.3.7')).not.toHaveLength(0);
  });

  it('says what is wrong with annotations', async () => {
    const api = new FakeKeptnTasksApi();
    const message = 'The annotation keptn.sh/pre-tasks is not known.';
    api.releases.environments = [
      anEnvironment({
        workloads: [aRelease()],
        problems: [
          { kind: 'Deployment', name: 'checkout', messages: [message] },
        ],
      }),
    ];
    await renderTab(api);
    expect(await card('sandbox/shop')).toHaveTextContent(
      `Deployment checkout: ${message}`,
    );
  });

  it('says that an app is still being put together', async () => {
    const api = new FakeKeptnTasksApi();
    const workload = aRelease({ state: 'Pending', finishedAt: undefined });
    api.releases.environments = [anEnvironment({ workloads: [workload] })];
    await renderTab(api);
    expect(
      await screen.findByText(/The app shop is being put together/),
    ).toBeInTheDocument();
  });

  it('says who opened a gate and why, and what else is worth knowing', async () => {
    const api = new FakeKeptnTasksApi();
    const release = aRelease({
      gateReleased: {
        by: 'user:default/anna',
        reason: 'checked by hand',
        at: secondsAgo(120),
      },
      notes: ['Its checks had passed before.'],
    });
    api.releases.environments = [anEnvironment({ workloads: [release] })];
    await renderTab(api);
    expect(await screen.findByText(/anna let its Pods go/)).toHaveTextContent(
      '2 minutes ago: checked by hand',
    );
    expect(
      screen.getByRole('list', { name: 'Worth knowing' }),
    ).toHaveTextContent('Its checks had passed before.');
  });

  it('changes by itself as a release goes on', async () => {
    const { api, release } = held();
    await renderTab(api);
    expect(await card('sandbox/shop')).toHaveTextContent('3 Pods gated');
    act(() => {
      api.releases.change(release.id, {
        ...aRelease({ id: release.id }),
        hold: undefined,
        gatedPods: undefined,
      });
    });
    await waitFor(async () =>
      expect(await card('sandbox/shop')).not.toHaveTextContent('Pods gated'),
    );
    expect(
      screen.getByRole('region', { name: 'Is anything wrong?' }),
    ).toHaveTextContent('Everything passed. Last release checkout 2.4.0');
  });

  it('shows how to get a first release', async () => {
    await renderTab(new FakeKeptnTasksApi());
    expect(await screen.findByText('No release yet')).toBeInTheDocument();
    expect(
      screen.getByText(/kubectl annotate namespace shop/),
    ).toHaveTextContent('keptn.sh/lifecycle-toolkit=enabled');
    expect(
      screen.getByText(/keptn.sh\/pre-deployment-tasks: smoke-test/),
    ).toBeInTheDocument();
  });

  it('shows that it is loading', async () => {
    const api = Object.assign(new FakeKeptnTasksApi(), {
      listEnvironments: () => new Promise<never>(() => {}),
    });
    await renderTab(api);
    expect(
      await screen.findByRole('progressbar', { name: 'Loading…' }),
    ).toBeInTheDocument();
  });

  it('says what is wrong and tries again on request', async () => {
    const { api } = held();
    const error = responseError(500, 'Error', 'The database is not available');
    api.failNext('listEnvironments', error, error);
    const { user } = await renderTab(api);
    expect(
      await screen.findByText('The database is not available'),
    ).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findAllByText('3 Pods gated')).not.toHaveLength(0);
  });

  it('keeps what it knows when a later question fails', async () => {
    const { api, release } = held();
    await renderTab(api);
    await card('sandbox/shop');
    api.failNext('listEnvironments', responseError(500, 'Error', 'Away'));
    act(() => {
      api.releases.change(release.id, {});
    });
    expect(
      await screen.findByText('What you see may be out of date'),
    ).toBeInTheDocument();
    expect(await card('sandbox/shop')).toHaveTextContent('3 Pods gated');
  });
});

describe('the line at the top', () => {
  const health = () =>
    screen.findByRole('region', { name: 'Is anything wrong?' });

  it('says why it is not deploying, and what can be done', async () => {
    const { api, run } = held();
    const { user, address } = await renderTab(api, { path: '/tasks' });
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        'checkout 2.4.0 is held in sandbox/shop: smoke-test failed 3 minutes agoThe script ended with exit code 1.',
      ),
    );
    const line = within(await health());
    for (const name of ['Run again', 'Repeat checks…', 'Release gate…']) {
      expect(line.getByRole('button', { name })).toBeEnabled();
    }
    await user.click(line.getByRole('link', { name: 'Open log' }));
    expect(address()).toBe(`/runs/${run.id}?tab=log`);
  });

  it('names the workload whose check holds an app', async () => {
    const api = new FakeKeptnTasksApi();
    api.releases.environments = [
      anEnvironment({
        app: anAppRelease({ state: 'Failed', phase: 'deployment' }),
        workloads: [
          aRelease(),
          aHeldRelease({ workloadName: 'shop-cart', version: '1.9.0' }),
        ],
      }),
    ];
    await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        'shop 2.4.0 is held in sandbox/shop: smoke-test of cart 1.9.0 failed',
      ),
    );
  });

  it('says that a release waits for something that does not exist', async () => {
    const api = new FakeKeptnTasksApi();
    const message = 'The definition absent does not exist.';
    api.releases.environments = [
      anEnvironment({
        workloads: [
          aRelease({
            state: 'Progressing',
            finishedAt: undefined,
            phases: phasesOf('workload', {
              preTasks: {
                state: 'Progressing',
                items: [
                  {
                    definition: 'absent',
                    kind: 'task',
                    state: 'Pending',
                    message,
                  },
                ],
              },
            }),
            hold: {
              reason: 'DefinitionNotFound',
              message,
              since: secondsAgo(70),
              definition: 'absent',
              gateReleasable: true,
            },
          }),
        ],
      }),
    ];
    await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        `checkout 2.4.0 has been waiting in sandbox/shop for 1 m${message}`,
      ),
    );
  });

  it('says what is on its way', async () => {
    const api = new FakeKeptnTasksApi();
    const release = aRelease({
      state: 'Progressing',
      phase: 'deployment',
      finishedAt: undefined,
    });
    api.releases.environments = [anEnvironment({ workloads: [release] })];
    await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        'checkout 2.4.0 is on its way in sandbox/shop: Deployment',
      ),
    );
  });

  it('does not repeat itself on the page of the release', async () => {
    const { api, release } = held();
    await renderTab(api, { path: `/releases/${release.id}` });
    expect(
      await screen.findByRole('heading', { name: 'checkout 2.4.0' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Is anything wrong?' }),
      ).not.toBeInTheDocument(),
    );
  });

  it('does not offer what somebody may not do, and says why', async () => {
    const { api } = held();
    await renderTab(api, {
      // What was found out about another entity is remembered for a moment.
      entity: anEntity('guarded'),
      denied: ['keptn-tasks.release.repeat', 'keptn-tasks.gate.release'],
    });
    await waitFor(async () =>
      expect(
        within(await health()).getByRole('button', {
          name: /Repeat checks….*keptn-tasks.release.repeat/,
        }),
      ).toHaveAttribute('aria-disabled', 'true'),
    );
    expect(
      within(await health()).getByRole('button', {
        name: /Release gate….*keptn-tasks.gate.release/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});
