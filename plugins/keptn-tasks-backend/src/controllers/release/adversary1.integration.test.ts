import { ReleaseHarness } from '../../__testUtils__/releaseHarness';
import { until } from '../../__testUtils__/clusterHarness';

jest.setTimeout(240_000);
const sleep = (ms: number) => new Promise(r => setTimeout(r, ms));

describe('adversary', () => {
  let h: ReleaseHarness;
  beforeAll(async () => {
    h = await ReleaseHarness.start();
    await h.reconcile();
  });
  afterAll(() => h.stop());
  const dump = (what: string, ns = 'shop') => {
    const out: any[] = [];
    for (const kind of [
      'KeptnApp',
      'KeptnAppVersion',
      'KeptnWorkload',
      'KeptnWorkloadVersion',
    ]) {
      for (const o of h.cluster
        .resource('lifecycle.keptn.sh/v1', kind)
        .list() as any[]) {
        if (o.metadata.namespace === ns)
          out.push(
            `${kind} ${o.metadata.name} ${JSON.stringify(
              o.status?.status ?? o.status,
            )} ${o.status?.currentPhase ?? ''} ${JSON.stringify(
              o.spec.workloads ?? '',
            )} ${JSON.stringify(o.metadata.annotations ?? {})}`,
          );
      }
    }
    require('fs').appendFileSync(
      '/tmp/adv/out.txt',
      `--- ${what}\n${out.join('\n')}\n`,
    );
  };
  const envs = async (ns: string) => {
    const list = await h.cluster.releases
      .current([{ cluster: 'test', namespace: ns } as any], { previous: 0 })
      .catch((e: any) => [e.message]);
    require('fs').appendFileSync(
      '/tmp/adv/out.txt',
      `ENV ${JSON.stringify(
        list.map((x: any) => [
          x.current?.name,
          x.current?.state,
          x.current?.hold?.message,
        ]),
      )}\n`,
    );
  };
  const say = (x: any) =>
    require('fs').appendFileSync('/tmp/adv/out.txt', `${JSON.stringify(x)}\n`);

  it('A name collision', async () => {
    h.optIn('a');
    h.deploy('cart', { namespace: 'a', app: 'sh', version: 'v2-1' });
    await h.running('cart', 1, 'a');
    h.deploy('cart-v2', { namespace: 'a', app: 'sh', version: '1' });
    await sleep(8000);
    dump('A', 'a');
    await envs('a');
    say(
      h.cluster
        .resource('v1', 'Event')
        .list()
        .filter((e: any) => e.metadata.namespace === 'a')
        .map((e: any) => [
          e.involvedObject.kind,
          e.involvedObject.name,
          e.reason,
          e.message,
        ]),
    );
    await h.running('cart-v2', 1, 'a');
  });
  it('B attempt', async () => {
    h.optIn('b');
    h.deploy('cart', { namespace: 'b' });
    await h.running('cart', 1, 'b');
    const r = h.cluster.resource(
      'lifecycle.keptn.sh/v1',
      'KeptnWorkloadVersion',
    );
    await h.workloadEnded('cart-cart-1.0.0', 'b');
    const o: any = structuredClone(r.get('b', 'cart-cart-1.0.0'));
    o.metadata.annotations['keptn-tasks/attempt'] = '1e300';
    o.metadata.annotations['keptn-tasks/repeat-requested-at'] =
      '+275760-09-13T00:00:00.000Z';
    r.update(o);
    await sleep(2000);
    dump('B', 'b');
  });
  it('C rename workload', async () => {
    h.optIn('c');
    h.deploy('cart', { namespace: 'c', app: 'shop' });
    await h.running('cart', 1, 'c');
    await h.appEnded('shop', '1.0.0', 'c');
    h.deploy('cart', {
      namespace: 'c',
      app: 'shop',
      version: '2.0.0',
      annotations: { 'keptn.sh/workload': 'basket' },
    });
    await until(
      () => h.workloadVersion('shop-basket-2.0.0', 'c')?.status?.endTime,
      60000,
    );
    await h.running('cart', 1, 'c');
    await sleep(3000);
    dump('C', 'c');
    await envs('c');
  });
  it('C2 rename workload while held', async () => {
    h.optIn('c2');
    h.definition('long', 'sleep 600');
    h.deploy('cart', { namespace: 'c2', app: 'shop', pre: 'long' });
    await until(() => h.tasksOf('long', 'c2').length > 0, 60000);
    h.deploy('cart', {
      namespace: 'c2',
      app: 'shop',
      version: '2.0.0',
      annotations: {
        'keptn.sh/workload': 'basket',
        'keptn.sh/pre-deployment-tasks': '',
      },
    });
    await until(
      () => h.workloadVersion('shop-basket-2.0.0', 'c2')?.status?.endTime,
      60000,
    );
    await h.running('cart', 1, 'c2');
    await sleep(3000);
    dump('C2', 'c2');
    await envs('c2');
    say(
      h
        .tasksOf('long', 'c2')
        .map(t => [t.metadata.name, t.status?.status, t.status?.message]),
    );
  });
  it('D rename app', async () => {
    h.optIn('d');
    h.deploy('cart', { namespace: 'd', app: 'shop' });
    await h.running('cart', 1, 'd');
    h.deploy('cart', { namespace: 'd', app: 'market', version: '2.0.0' });
    await until(
      () => h.workloadVersion('market-cart-2.0.0', 'd')?.status?.endTime,
      60000,
    );
    await h.running('cart', 1, 'd');
    await sleep(3000);
    dump('D', 'd');
    await envs('d');
  });
  it('D2 rename app while held', async () => {
    h.optIn('d2');
    h.deploy('cart', { namespace: 'd2', app: 'shop', pre: 'long' });
    await until(() => h.tasksOf('long', 'd2').length > 0, 60000);
    h.deploy('cart', {
      namespace: 'd2',
      app: 'market',
      version: '2.0.0',
      annotations: { 'keptn.sh/pre-deployment-tasks': '' },
    });
    await until(
      () => h.workloadVersion('market-cart-2.0.0', 'd2')?.status?.endTime,
      60000,
    );
    await h.running('cart', 1, 'd2');
    await sleep(3000);
    dump('D2', 'd2');
    await envs('d2');
    say(
      h
        .tasksOf('long', 'd2')
        .map(t => [t.metadata.name, t.status?.status, t.status?.message]),
    );
  });
});
