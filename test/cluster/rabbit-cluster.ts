import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { RabbitNode, type RabbitOptions } from './rabbit-node.ts';

const HOSTS = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

/** Three nodes on addresses of this machine. */
export class RabbitCluster {
  readonly nodes: readonly RabbitNode[];
  readonly #portMapper: Child;

  private constructor(nodes: readonly RabbitNode[], portMapper: Child) {
    this.nodes = nodes;
    this.#portMapper = portMapper;
  }

  /** Resolves when all three take connections. @param queues in which sessions are kept: on all nodes, or on one */
  static async start(folder: string, queues: RabbitOptions['queues']): Promise<RabbitCluster> {
    await mkdir(folder);
    const [mqtt, epmd] = [await freePort(), await freePort()];
    const portMapper = new Child(
      ['epmd', '-port', `${epmd}`, '-address', HOSTS.join()],
      join(folder, 'epmd'),
      { PATH: '/usr/bin:/bin' },
    );
    const cookie = randomBytes(16).toString('hex');
    const nodes: RabbitNode[] = [];
    for (const host of HOSTS) {
      const ports = { mqtt, epmd, distribution: await freePort() };
      const options = { folder: join(folder, host), host, hosts: HOSTS, ports, cookie, queues };
      nodes.push(await RabbitNode.prepare(options));
    }
    // One after another: the plugins' own cluster of 3.10 can fall in two when all begin at once.
    for (const node of nodes) await node.start();
    return new RabbitCluster(nodes, portMapper);
  }

  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  nodeAt(host: string): RabbitNode {
    return this.nodes.find((node) => node.host === host)!;
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) await node.kill();
    await this.#portMapper.end('SIGTERM');
  }
}
