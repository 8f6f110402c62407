import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Loaded before a program (`node --import`), this tells at each thread's end which npm packages it has loaded.

const packages = new Set<string>();

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(resolved.url) ?? [];
    if (name !== undefined) packages.add(name);
    return resolved;
  },
});

process.on('exit', () => {
  // A thread's own stream would not be written any more.
  writeSync(2, `${JSON.stringify({ pid: process.pid, packages: [...packages] })}\n`);
});
