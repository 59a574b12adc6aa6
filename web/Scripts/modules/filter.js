// data-module="filter" on a group of checkboxes: typing finds them by their names in either language; what is ticked
// stands first and stays in sight.
export function start (element) {
  const boxes = element.querySelector('.govuk-checkboxes')
  if (!boxes || element.querySelector('.app-filter')) return
  const names = JSON.parse(element.dataset.names)
  const id = `${boxes.querySelector('input').name}-filter`

  const label = document.createElement('label')
  label.className = 'govuk-label'
  label.htmlFor = id
  label.textContent = element.dataset.label
  const input = document.createElement('input')
  input.className = 'govuk-input'
  input.id = id
  input.type = 'search'
  input.autocomplete = 'off'
  const state = document.createElement('p')
  state.className = 'app-quiet'
  state.setAttribute('role', 'status')
  const search = document.createElement('div')
  search.className = 'app-filter'
  search.append(label, input, state)
  boxes.before(search)
  boxes.classList.add('app-filter__list')
  boxes.prepend(...[...boxes.children].filter(item => item.querySelector('input').checked))

  const count = new Intl.PluralRules(document.documentElement.lang)
  const said = number => (element.dataset[`results.${count.select(number)}`] ?? element.dataset['results.other'] ?? '').replace('{0}', number)
  const plain = text => text.toLocaleLowerCase('kk').normalize('NFC')

  function show () {
    const wanted = plain(input.value.trim())
    let found = 0
    for (const item of boxes.children) {
      const box = item.querySelector('input')
      const fits = plain(`${item.textContent} ${names[box.value] ?? ''}`).includes(wanted)
      item.hidden = !fits && !box.checked
      if (fits) found++
    }
    state.textContent = !found ? element.dataset.none : wanted ? said(found) : ''
  }

  // Enter in the search sends no form.
  input.addEventListener('keydown', event => { if (event.key === 'Enter') event.preventDefault() })
  input.addEventListener('input', show)
  return () => {
    search.remove()
    boxes.classList.remove('app-filter__list')
    for (const item of boxes.children) item.hidden = false
  }
}
