// Values that are made when they are first wanted: what the first view does not need must not hold it up.

export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
