import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from './child.ts';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
/** As Debian's RabbitMQ 3.10 and later ones say it. */
const STARTED = /Server startup complete/;

export interface RabbitOptions {
  readonly folder: string;
  /** Of this node, an address of this machine: 127.0.0.1 and up. */
  readonly host: string;
  readonly hosts: readonly string[];
  readonly ports: { readonly mqtt: number; readonly distribution: number; readonly epmd: number };
  readonly cookie: string;
  readonly queues: 'quorum' | 'classic';
}

/** One RabbitMQ with its MQTT plugin. It reads nothing of /etc/rabbitmq, and has a port mapper of its own. */
export class RabbitNode {
  readonly host: string;
  readonly url: string;
  readonly #options: RabbitOptions;
  #child: Child | undefined;

  private constructor(options: RabbitOptions) {
    this.host = options.host;
    this.url = `mqtt://${options.host}:${options.ports.mqtt}`;
    this.#options = options;
  }

  static async prepare(options: RabbitOptions): Promise<RabbitNode> {
    const { folder, cookie } = options;
    await mkdir(join(folder, 'conf.d'), { recursive: true });
    await writeFile(join(folder, 'rabbitmq.conf'), settings(options));
    await writeFile(join(folder, 'plugins'), '[rabbitmq_mqtt].');
    await writeFile(join(folder, '.erlang.cookie'), cookie, { mode: 0o400 });
    return new RabbitNode(options);
  }

  /** Resolves when it takes connections, as a member of the cluster. */
  async start(): Promise<void> {
    const { folder } = this.#options;
    this.#child = new Child([SERVER], join(folder, 'output'), environment(this.#options));
    await this.#child.said(STARTED);
  }

  /** Like a power cut. */
  async kill(): Promise<void> {
    await this.#child?.end('SIGKILL');
  }
}

function settings({ host, hosts, ports, queues }: RabbitOptions): string {
  return [
    'listeners.tcp = none',
    `mqtt.listeners.tcp.1 = ${host}:${ports.mqtt}`,
    'mqtt.allow_anonymous = true',
    'mqtt.default_user = guest',
    'mqtt.default_pass = guest',
    // What docs/broker.md asks for.
    `mqtt.durable_queue_type = ${queues}`,
    'mqtt.subscription_ttl = 2592000000',
    'mqtt.prefetch = 1000',
    'cluster_partition_handling = pause_minority',
    'cluster_formation.peer_discovery_backend = classic_config',
    ...hosts.map((one, at) => `cluster_formation.classic_config.nodes.${at + 1} = ${nodeName(one)}`),
    'log.console = true',
    'log.file = false',
    '',
  ].join('\n');
}

function environment({ folder, host, ports }: RabbitOptions): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    HOME: folder,
    ERL_CRASH_DUMP: join(folder, 'crash.dump'),
    ERL_EPMD_PORT: `${ports.epmd}`,
    // The script then becomes the server, and a signal to it is one to the server.
    RUNNING_UNDER_SYSTEMD: '1',
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_NODENAME: nodeName(host),
    RABBITMQ_DIST_PORT: `${ports.distribution}`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONFIG_FILES: join(folder, 'conf.d/*.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    // Waiting schedulers of three servers are not to keep others from two cores.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {${host.replaceAll('.', ',')}}`,
  };
}

function nodeName(host: string): string {
  // The port mapper, of which there is one, knows it by what stands before the '@'.
  return `node${host.split('.').at(-1)}@${host}`;
}
