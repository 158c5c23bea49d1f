// Where corrections wait until they are saved: the browser's storage for this very file, where the browser grants one.

export interface Storage {
  /** Whether what is written is still there when the page is opened again. */
  readonly isLasting: boolean;
  read(): string;
  write(text: string): void;
  /** Called when another window of the same map has written. */
  follow(listener: () => void): void;
}

/** The storage of the map at an address; one that forgets where there is none, such as in a notebook's frame. */
export function openStorage(address: Location = location): Storage {
  const key = `geomap corrections ${address.pathname}`;
  const isFile = ["file:", "http:", "https:"].includes(address.protocol); // other addresses are shared by many maps
  return isFile && canStore(key) ? makeStorage(key) : makeForgetful();
}

function canStore(key: string): boolean {
  try {
    localStorage.setItem(`${key} test`, "1");
    localStorage.removeItem(`${key} test`);
    return true;
  } catch {
    return false;
  }
}

function makeStorage(key: string): Storage {
  return {
    isLasting: true,
    read: () => localStorage.getItem(key) ?? "",
    write: (text) => (text === "" ? localStorage.removeItem(key) : localStorage.setItem(key, text)),
    follow: (listener) => addEventListener("storage", (event) => event.key === key && listener()),
  };
}

function makeForgetful(): Storage {
  return { isLasting: false, read: () => "", write: () => undefined, follow: () => undefined };
}
