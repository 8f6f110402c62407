import fc from 'fast-check';

/**
 * Bytes that are nearly what a decoder takes: one of `seeds` with a few mistakes in it. Truncation, flipped bits,
 * pieces that are doubled, moved, dropped or taken from another seed, and numbers at the edges of their types in the
 * place of a length.
 * @param tokens pieces that mean something to the decoder, put anywhere
 */
export function mutations(
  seeds: readonly Uint8Array[],
  tokens: readonly Uint8Array[] = [],
): fc.Arbitrary<Uint8Array> {
  // A copy of a Buffer's slice would still be the seed itself.
  const whole = seeds.map((seed) => Uint8Array.from(seed));
  const mistakes = [flip, setByte, number, truncate, drop, double, move, splice(whole)];
  const all = tokens.length === 0 ? mistakes : [...mistakes, insert(tokens), insert(tokens)];
  const nearly = fc
    .tuple(fc.constantFrom(...whole), fc.array(mistake(all), { minLength: 1, maxLength: 6 }))
    .map(([seed, made]) => made.reduce<Uint8Array>((bytes, make) => make(bytes), seed));
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...whole) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 40, arbitrary: nearly },
  );
}

/** @param at, size shares of the bytes there are, from 0 to 1 @param choice any number */
type Mistake = (bytes: Uint8Array, at: number, size: number, choice: number) => Uint8Array;

function mistake(all: readonly Mistake[]): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const share = fc.nat(9999).map((tenThousandths) => tenThousandths / 10_000);
  // Short pieces are likelier: a long one leaves nothing of the seed.
  const short = share.map((size) => size ** 4);
  return fc.tuple(fc.constantFrom(...all), share, short, fc.nat(0xffff)).map(
    ([make, at, size, choice]) =>
      (bytes: Uint8Array) =>
        make(bytes, at, size, choice),
  );
}

const flip: Mistake = (bytes, at, _size, choice) => {
  const flipped = bytes.slice();
  const index = Math.floor(at * bytes.length);
  if (bytes.length > 0) flipped[index]! ^= 1 << (choice & 7);
  return flipped;
};

const setByte: Mistake = (bytes, at, _size, choice) =>
  bytes.length > 0 ? bytes.with(Math.floor(at * bytes.length), choice & 0xff) : bytes;

const truncate: Mistake = (bytes, at) => bytes.slice(0, place(bytes, at));

const drop: Mistake = (bytes, at, size) => {
  const [start, end] = piece(bytes, at, size);
  return joined(bytes.subarray(0, start), bytes.subarray(end));
};

const double: Mistake = (bytes, at, size, choice) => {
  const [start, end] = piece(bytes, at, size);
  // Now and then often, as long as it does not run away.
  const times = Math.min(choice % 5 === 0 ? choice >> 8 : 1, Math.floor(20_000 / (end - start + 1)));
  const copies = Array.from({ length: times }, () => bytes.subarray(start, end));
  return joined(bytes.subarray(0, end), ...copies, bytes.subarray(end));
};

const move: Mistake = (bytes, at, size, choice) => {
  const [start, end] = piece(bytes, at, size);
  const rest = drop(bytes, at, size, choice);
  const to = place(rest, choice / 0x10000);
  return joined(rest.subarray(0, to), bytes.subarray(start, end), rest.subarray(to));
};

function splice(seeds: readonly Uint8Array[]): Mistake {
  return (bytes, at, _size, choice) => {
    const other = seeds[choice % seeds.length]!;
    return joined(bytes.subarray(0, place(bytes, at)), other.subarray(place(other, at)));
  };
}

function insert(tokens: readonly Uint8Array[]): Mistake {
  return (bytes, at, _size, choice) => {
    const index = place(bytes, at);
    return joined(bytes.subarray(0, index), tokens[choice % tokens.length]!, bytes.subarray(index));
  };
}

/** Lengths and offsets that a decoder must not believe: of 1, 2, 4 and 8 bytes, and as protobuf writes them. */
const NUMBERS: readonly Uint8Array[] = [
  ...[0, 1, 0x7f, 0x80, 0xff].map((byte) => Uint8Array.of(byte)),
  ...['ffff', '0080', 'ff7f', 'ffffffff', 'ffffff7f', '00000080', '00000000', 'feffffff', '00000010'],
  ...[
    'ffffffffffffffff',
    'ffffffffffffff7f',
    'ffffffff0f',
    'ffffffff07',
    '8080808010',
    'ffffffffffffffffff01',
  ],
].map((one) => (typeof one === 'string' ? Buffer.from(one, 'hex') : one));

const number: Mistake = (bytes, at, _size, choice) => {
  const value = NUMBERS[choice % NUMBERS.length]!;
  const index = place(bytes, at);
  return joined(bytes.subarray(0, index), value, bytes.subarray(index + value.length));
};

function place(bytes: Uint8Array, at: number): number {
  return Math.floor(at * (bytes.length + 1));
}

function piece(bytes: Uint8Array, at: number, size: number): [number, number] {
  const start = place(bytes, at);
  return [start, Math.min(bytes.length, start + 1 + Math.floor(size * bytes.length))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
