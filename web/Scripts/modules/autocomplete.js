// data-module="autocomplete" on a text-field with a datalist: what may be meant, searched by typing in either language (an option's
// value or its data-also), by mouse or by keys. A suggestion is only a suggestion: what is typed stands. Without this script the
// browser shows the datalist in its own way, where it can.
const most = 50

export function start (element) {
  const input = element.querySelector('input[list]')
  if (!input) return
  const suggestions = [...input.list.options].map(option => ({ text: option.value, found: plain(`${option.value} ${option.dataset.also ?? ''}`) }))
  const before = { list: input.getAttribute('list'), autocomplete: input.getAttribute('autocomplete') }
  const count = new Intl.PluralRules(document.documentElement.lang)
  const list = create('ul', 'app-suggestions', { role: 'listbox', id: `${input.id}-suggestions`, 'aria-label': element.dataset.label })
  const status = create('p', 'govuk-visually-hidden', { role: 'status' })
  let active = null
  list.hidden = true
  if (input.lang) list.lang = input.lang
  input.after(list, status)
  element.classList.add('app-suggest')
  input.removeAttribute('list')
  set(input, { autocomplete: 'off', role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' })

  function open (all = false) {
    const typed = plain(input.value.trim())
    const fitting = suggestions.filter(one => all || (typed && one.found.includes(typed) && plain(one.text) !== typed))
    fitting.sort((one, other) => plain(other.text).startsWith(typed) - plain(one.text).startsWith(typed))
    list.replaceChildren(...fitting.slice(0, most).map((one, index) => {
      const option = create('li', 'app-suggestions__option', { role: 'option', id: `${list.id}-${index}`, 'aria-selected': 'false' })
      option.textContent = one.text
      return option
    }))
    mark(null)
    list.hidden = !fitting.length
    input.setAttribute('aria-expanded', String(!list.hidden))
    status.textContent = fitting.length ? said(fitting.length) : ''
  }

  function said (number) {
    const { dataset } = element
    return (dataset[`results.${count.select(number)}`] ?? dataset['results.other'] ?? '').replace('{0}', number)
  }

  function close () {
    list.hidden = true
    mark(null)
    status.textContent = ''
    input.setAttribute('aria-expanded', 'false')
  }

  function mark (option) {
    active?.setAttribute('aria-selected', 'false')
    active = option
    if (!option) return input.removeAttribute('aria-activedescendant')
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', option.id)
  }

  function choose (option) {
    input.value = option.textContent
    close()
    // So do others learn that it is another one.
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  // Down and up go round, over nothing at all, where the cursor is in what was typed.
  function move (down) {
    if (list.hidden) open(!input.value.trim())
    if (list.hidden) return
    const stops = [null, ...list.children]
    const at = stops.indexOf(active) + (down ? 1 : -1)
    mark(stops.at(at % stops.length))
  }

  function press (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown')
    else if (event.key === 'Enter' && active) choose(active)
    else if (event.key === 'Escape' && !list.hidden) close()
    else return
    event.preventDefault()
  }

  const listeners = [
    [input, 'input', () => open()], [input, 'keydown', press], [input, 'blur', close],
    // The cursor stays where it is, or the list would be gone before it is chosen from.
    [list, 'pointerdown', event => event.preventDefault()], [list, 'mousedown', event => event.preventDefault()],
    [list, 'click', event => { if (event.target.closest('li')) choose(event.target.closest('li')) }],
  ]
  for (const [target, event, listener] of listeners) target.addEventListener(event, listener)
  return () => {
    for (const [target, event, listener] of listeners) target.removeEventListener(event, listener)
    list.remove()
    status.remove()
    element.classList.remove('app-suggest')
    set(input, { role: null, 'aria-autocomplete': null, 'aria-controls': null, 'aria-expanded': null, 'aria-activedescendant': null, ...before })
  }
}

const plain = text => text.toLocaleLowerCase('kk').normalize('NFC')

function create (name, css, attributes) {
  const element = document.createElement(name)
  element.className = css
  set(element, attributes)
  return element
}

function set (element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}
