import { type Lock, type LockEntry, packageName } from './camera-packages.ts';

/** A file that is not a package of npm's, or that is the essence of one. */
export interface HashedFile {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly sha256: string;
  /** Of the package that it came in; none when it is built here. */
  readonly purl?: string;
}

/**
 * What a package is made of, in CycloneDX 1.6 (ECMA-424). `npm sbom` is not used: it leaves out what a developer's
 * tool needs as well (protobufjs among it), and its output depends on npm's version.
 */
export function sbom(
  product: { readonly version: string; readonly timeSeconds: number },
  lock: Lock,
  files: readonly HashedFile[],
): string {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  const components = [...packages.map(([path, entry]) => npmPackage(path, entry)), ...files.map(file)];
  const metadata = {
    timestamp: new Date(product.timeSeconds * 1_000).toISOString(),
    component: { type: 'application', 'bom-ref': 'lintel', name: 'lintel', version: product.version },
  };
  const document = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function npmPackage(path: string, { version = '', license, integrity = '' }: LockEntry) {
  const name = packageName(path);
  const purl = npmUrl(name, version);
  const [algorithm, digest = ''] = integrity.split('-');
  const content = Buffer.from(digest, 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': path,
    name,
    version,
    purl,
    ...(algorithm === 'sha512' && { hashes: [{ alg: 'SHA-512', content }] }),
    ...(license && { licenses: [licence(license)] }),
  };
}

function file({ name, version, licence: id, sha256, purl }: HashedFile) {
  return {
    type: name.endsWith('.onnx') ? 'machine-learning-model' : 'file',
    'bom-ref': name,
    name,
    version,
    ...(purl && { purl }),
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses: [licence(id)],
  };
}

/** Package URL, type npm: the scope's sign is encoded. */
export function npmUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licence(id: string) {
  return /[ (]/.test(id) ? { expression: id } : { license: { id } };
}
