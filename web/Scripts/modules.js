// Parts of a page that need a script: data-module="upload" loads /js/upload.js when such an element is there, and starts it.
// The components of govuk-frontend are marked the same way and are started by app.js.
const running = new Map()

export function startModules (scope) {
  for (const element of scope.querySelectorAll('[data-module]')) {
    const name = element.dataset.module
    if (name && !name.startsWith('govuk-') && !running.has(element)) start(name, element)
  }
}

// A module may give back a function that ends it: called before the page leaves.
export function stopModules () {
  for (const stop of running.values()) if (typeof stop === 'function') stop()
  running.clear()
}

async function start (name, element) {
  running.set(element, null)
  try {
    const module = await import(`/js/${name}.js`)
    if (element.isConnected && running.has(element)) running.set(element, await module.start(element))
  } catch (error) {
    // The page works without it.
    console.error(`/js/${name}.js`, error)
  }
}
