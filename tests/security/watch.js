(() => {
  const trapped = [];
  Object.defineProperty(window, "trapped", { value: trapped });
  const trap = (name) => (...values) => void trapped.push(`${name}(${values.map(String).join().slice(0, 80)})`);
  for (const name of ["canary", "alert", "confirm", "prompt", "print", "open", "fetch"]) {
    Object.defineProperty(window, name, { value: trap(name), writable: false });
  }
  document.addEventListener("securitypolicyviolation", (event) => {
    trapped.push(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
  addEventListener("error", (event) => trapped.push(`error: ${event.message ?? event.target?.outerHTML?.slice(0, 200)}`), true);
  addEventListener("unhandledrejection", (event) => trapped.push(`rejection: ${event.reason}`));
})();
