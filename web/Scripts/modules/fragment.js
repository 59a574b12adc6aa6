// data-module="fragment": what a letter's link brings after its # goes into the field of that name, and out of the address.
export function start (element) {
  const facts = new URLSearchParams(location.hash.slice(1))
  for (const [name, value] of facts) {
    const field = element.querySelector(`[name="${CSS.escape(name)}"]`)
    if (!field) continue
    field.value = value
    history.replaceState(history.state, '', location.pathname + location.search)
  }
}
