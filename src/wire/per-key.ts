const MOST_KEYS = 10_000;

/** @returns what `make` makes of a public key, made once: a receiver meets the same keys again and again */
export function perKey<Value>(make: (publicKey: Uint8Array) => Value): (publicKey: Uint8Array) => Value {
  const made = new Map<string, Value>();
  return (publicKey) => {
    const { buffer, byteOffset, byteLength } = publicKey;
    const name = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
    let value = made.get(name);
    if (value === undefined) {
      value = make(publicKey);
      if (made.size >= MOST_KEYS) made.clear();
      made.set(name, value);
    }
    return value;
  };
}
