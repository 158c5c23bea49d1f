// Values that are made when they are first wanted: what the first view does not need must not hold it up.

export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** The same for each key; `known` is a map whose keys may be forgotten, or one that stays. */
export function onceFor<Key, Value>(known: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown }, make: (key: Key) => Value): (key: Key) => Value {
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
