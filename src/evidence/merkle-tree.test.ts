import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafHash, MerkleTree } from './merkle-tree.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The leaves and the roots over the first 1 to 8 of them by which implementations of RFC 6962 are commonly tested. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition in section 2.1 of RFC 6962, word by word. */
function rootByDefinition(leaves: readonly Uint8Array[]): Buffer {
  const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Uint8Array.of(1), rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)));
}

test('the roots are those that are known', () => {
  const tree = new MerkleTree();
  expect(hex(tree.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const roots = LEAVES.map((leaf) => {
    tree.add(leafHash(Buffer.from(leaf, 'hex')));
    return hex(tree.root());
  });
  expect(roots).toEqual(ROOTS);
});

test('the root is that of the definition, however many leaves there are and wherever it went on from its peaks', () => {
  const leaves = fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 70 });
  fc.assert(
    fc.property(leaves, fc.nat(70), (all, pause) => {
      let tree = new MerkleTree();
      all.forEach((leaf, index) => {
        if (index === pause) tree = new MerkleTree(tree.size, tree.peaks);
        tree.add(leafHash(leaf));
      });
      expect(hex(tree.root())).toBe(hex(rootByDefinition(all)));
      expect(tree.size).toBe(all.length);
    }),
  );
});

test('peaks that are not those of the size are refused', () => {
  const peak = new Uint8Array(32);
  for (const make of [
    () => new MerkleTree(3, [peak]),
    () => new MerkleTree(2, [peak.subarray(1)]),
    () => new MerkleTree(-1),
    () => new MerkleTree(0.5, [peak]),
  ]) {
    expect(make).toThrow(RangeError);
  }
});
