// data-module="upload" around a file-field: dropping, a list with names and progress, several photos joined into one PDF. With
// data-uploads (the address of the tus uploads) files are sent at once and go on after a lost connection; the form then sends only
// their ids. Without it they wait in the input. What fails here falls back to the plain input.
import { joinPhotos } from '../photos.js'
import { problemOf, sendInPieces } from '../pieces.js'

// No file may be larger; where it goes with the form, this is said before it has gone all the way for nothing.
const largest = 20 * 1048576
// What an iPhone takes by itself; the system does not know it as a picture.
const isHeic = file => /\.hei[cf]$/i.test(file.name) || /^image\/hei[cf]/.test(file.type)
const isPhoto = file => file.type === 'image/jpeg' || file.type === 'image/png'

export function start (element) {
  const input = element.querySelector('input[type="file"]')
  const form = input.form
  const said = element.dataset
  const several = input.multiple
  const items = new Set()
  let uploads = said.uploads
  let waiting = null

  const list = create('ul', 'app-files app-upload__files')
  const state = create('p', 'app-quiet')
  state.setAttribute('role', 'status')
  const join = create('button', 'govuk-button govuk-button--secondary app-upload__join')
  join.type = 'button'
  join.hidden = true
  const hint = create('p', 'app-quiet app-upload__hint')
  hint.textContent = said.drop
  input.after(hint, list, state, join)
  element.classList.add('app-drop')
  // Photos of several pages are picked together, even where one file is asked for: joined they are one.
  input.multiple = true

  // Each that is refused says why, until something else is picked; the others stay.
  function refuse (name, why) {
    const line = create('span', 'govuk-error-message app-upload__refused')
    line.textContent = `${name}: ${why}`
    state.append(line)
  }

  function add (files) {
    state.textContent = ''
    if (!several && files.length === 1) items.forEach(remove)
    for (const file of files) {
      if (isHeic(file)) {
        refuse(file.name, said.heic)
        continue
      }
      if (!uploads && file.size > largest) {
        refuse(file.name, said.tooLarge)
        continue
      }
      const item = { file, row: create('li', 'app-files__file') }
      items.add(item)
      draw(item)
    }
    sendReady()
    settle()
  }

  // Photos that are to become one file wait for that: were one refused alone, half of a document would be sent.
  function sendReady () {
    if (!uploads || (!several && items.size > 1)) return
    for (const item of items) if (!item.upload) send(item)
  }

  function remove (item) {
    item.upload?.abort(Boolean(item.id)).catch(() => {})
    item.removed = true
    item.row.remove()
    items.delete(item)
    settle()
  }

  function draw (item) {
    const name = create('span', 'app-files__name')
    name.textContent = item.file.name
    const size = create('span', 'app-files__size')
    size.textContent = sizeOf(item.file.size)
    item.told = create('span', 'app-quiet')
    const drop = create('button', 'app-link-button app-link-button--warning')
    drop.type = 'button'
    drop.textContent = said.remove
    drop.setAttribute('aria-label', `${said.remove}: ${item.file.name}`)
    drop.addEventListener('click', () => { remove(item); sendReady(); input.focus() })
    item.row.append(name, size, item.told, drop)
    list.append(item.row)
  }

  function sizeOf (bytes) {
    if (bytes < 1048576) return said.kilobytes.replace('{0}', Math.max(1, Math.floor(bytes / 1024)))
    return said.megabytes.replace('{0}', (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }))
  }

  // What the form will send: the ids of what is uploaded, else the files themselves.
  function settle () {
    if (!uploads) {
      const transfer = new DataTransfer()
      items.forEach(item => transfer.items.add(item.file))
      input.files = transfer.files
    }
    const photos = [...items].filter(item => isPhoto(item.file))
    join.hidden = photos.length < 2
    join.textContent = said.join.replace('{0}', photos.length)
    if (waiting && [...items].every(item => item.id)) {
      const button = waiting
      waiting = null
      form.requestSubmit(button)
    }
  }

  function send (item) {
    item.told.textContent = said.sending
    item.bar = create('progress')
    item.bar.max = 100
    item.bar.setAttribute('aria-label', item.file.name)
    item.row.append(item.bar)
    item.upload = sendInPieces(item.file, uploads, {
      onLost: () => { item.told.textContent = said.lost },
      onProgress: (sent, total) => {
        item.bar.value = total ? Math.round(sent / total * 100) : 0
        item.told.textContent = said.sending
      },
      onSuccess: () => done(item),
      onError: error => failed(item, error),
    })
    item.upload.start()
  }

  function done (item) {
    if (item.removed) return
    item.id = item.upload.url.split('/').pop()
    item.bar.remove()
    item.told.textContent = said.done
    item.row.append(hidden('uploadIds', item.id), hidden(`uploadName.${item.id}`, item.file.name))
    settle()
  }

  function failed (item, error) {
    if (item.removed) return
    // Read before the item goes: with its request ends what was answered.
    const problem = problemOf(error)
    if (problem?.code?.startsWith('file.')) {
      remove(item)
      refuse(item.file.name, problem.title)
      return
    }
    // No uploads here: all of it goes the plain way, with the form.
    uploads = null
    for (const one of items) {
      one.upload?.abort().catch(() => {})
      one.id = null
      one.bar.remove()
      one.told.textContent = ''
      one.row.querySelectorAll('input').forEach(field => field.remove())
    }
    settle()
    if (waiting) form.requestSubmit(waiting)
  }

  async function joinAll () {
    const photos = [...items].filter(item => isPhoto(item.file))
    join.disabled = true
    state.textContent = said.joining
    try {
      const pdf = await joinPhotos(photos.map(item => item.file), said.joinedName)
      photos.forEach(remove)
      add([pdf])
      state.textContent = said.joined.replace('{0}', photos.length)
      return true
    } catch (error) {
      console.warn(error)
      state.textContent = said.joinFailed.replace('{0}', error.file?.name ?? '')
      return false
    } finally {
      join.disabled = false
    }
  }

  function onSubmit (event) {
    // Several photos where one file is wanted become one; anything else says so before it goes.
    if (!several && items.size > 1 && event.submitter?.name !== 'lang') {
      event.preventDefault()
      event.stopImmediatePropagation()
      const button = event.submitter ?? undefined
      if (![...items].every(item => isPhoto(item.file))) state.textContent = said.one
      else joinAll().then(joined => { if (joined) form.requestSubmit(button) })
      return
    }
    if (!uploads || ![...items].some(item => !item.id)) return
    // The form waits for its files, and then goes by itself.
    event.preventDefault()
    event.stopImmediatePropagation()
    waiting = event.submitter ?? undefined
    state.textContent = said.wait
  }

  const picked = () => {
    const files = [...input.files]
    if (uploads) input.value = ''
    const known = new Set([...items].map(item => item.file))
    add(files.filter(file => !known.has(file)))
  }
  const over = on => event => {
    event.preventDefault()
    element.classList.toggle('app-drop--over', on)
  }
  const dropped = event => {
    over(false)(event)
    add([...event.dataTransfer.files])
  }
  const online = () => items.forEach(item => { if (!item.id && item.upload && uploads) item.upload.start() })

  const listeners = [
    [input, 'change', picked], [join, 'click', joinAll], [form, 'submit', onSubmit, true], [window, 'online', online],
    [element, 'dragenter', over(true)], [element, 'dragover', over(true)], [element, 'dragleave', over(false)], [element, 'drop', dropped],
  ]
  for (const [target, event, listener, capture] of listeners) target.addEventListener(event, listener, capture)
  // Chosen before this script had come, over a slow line.
  if (input.files.length) picked()
  return () => {
    for (const [target, event, listener, capture] of listeners) target.removeEventListener(event, listener, capture)
    items.forEach(item => item.upload?.abort().catch(() => {}))
    list.remove(); state.remove(); join.remove(); hint.remove()
    input.multiple = several
  }
}

function create (name, css) {
  const element = document.createElement(name)
  if (css) element.className = css
  return element
}

function hidden (name, value) {
  const field = create('input')
  field.type = 'hidden'
  field.name = name
  field.value = value
  return field
}
