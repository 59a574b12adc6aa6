// data-module="boxes" around boxes to tick: one button for all of them.
export function start (element) {
  const boxes = [...element.querySelectorAll('input[type="checkbox"]')]
  if (boxes.length < 2) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'app-link-button'
  const all = () => boxes.every(box => box.checked)
  const say = () => { button.textContent = all() ? element.dataset.none : element.dataset.all }
  button.addEventListener('click', () => { const tick = !all(); boxes.forEach(box => { box.checked = tick }); say() })
  element.addEventListener('change', say)
  say()
  boxes[0].closest('.govuk-checkboxes, table').before(button)
  return () => { element.removeEventListener('change', say); button.remove() }
}
