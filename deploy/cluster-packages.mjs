// Gets what the cluster test needs beside what set-up brings: node deploy/cluster-packages.mjs
import { SetupError } from './child.mjs';
import { installDebianPackages } from './debian-packages.mjs';

// Erlang comes with it. Debian starts a broker of its own where a service manager runs; the test has nothing to do with it.
const BROUGHT = { 'rabbitmq-server': '/usr/lib/rabbitmq/bin/rabbitmq-server' };

try {
  await installDebianPackages(process.env, BROUGHT);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
