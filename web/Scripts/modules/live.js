// data-module="live" around the way to the notifications: new ones raise its count and are told politely. The server's data is the
// notification in the reader's language. Only while the page is looked at: a browser has few connections to one place.
export function start (element) {
  const announcer = document.getElementById('announcer')
  const seen = new Set()
  let source = null

  function raise () {
    let count = element.querySelector('.app-navigation__count')
    if (!count) {
      count = document.createElement('span')
      count.className = 'app-navigation__count'
      element.querySelector('a').append(' ', count)
    }
    count.textContent = Number(count.textContent || 0) + 1
  }

  function arrive (event) {
    if (seen.has(event.lastEventId)) return
    seen.add(event.lastEventId)
    raise()
    if (announcer) announcer.textContent = `${element.dataset.told}: ${JSON.parse(event.data).title}`
  }

  function listen () {
    if (document.hidden) {
      source?.close()
      source = null
    } else if (!source) {
      source = new EventSource(element.dataset.stream)
      source.addEventListener('notification', arrive)
    }
  }

  document.addEventListener('visibilitychange', listen)
  listen()
  return () => {
    document.removeEventListener('visibilitychange', listen)
    source?.close()
  }
}
