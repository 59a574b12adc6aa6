// data-module="desk": the review desk by keyboard. A accepts, R returns (or goes to the comment that a return needs), N goes on;
// never while something is typed or chosen, never with another key held, and they can be turned off.
const off = 'pedatt-desk-keys-off'

export function start (desk) {
  const comment = desk.querySelector('textarea')
  const keys = desk.querySelector('.app-keys')
  if (!comment || !keys) return
  const ending = new AbortController()
  const { signal } = ending
  const toggle = keys.querySelector('button')
  const isOff = () => localStorage.getItem(off) === 'true'
  const say = () => {
    toggle.textContent = isOff() ? desk.dataset.on : desk.dataset.off
    keys.querySelector('p').hidden = isOff()
  }
  keys.hidden = false
  say()
  toggle.addEventListener('click', () => { localStorage.setItem(off, `${!isOff()}`); say() }, { signal })

  document.addEventListener('keydown', event => {
    if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat || event.defaultPrevented) return
    if (event.target.closest('input, textarea, select, [contenteditable]')) return
    // By the place on the keyboard: the same keys with a Kazakh or Russian layout.
    const key = { KeyA: 'a', KeyR: 'r', KeyN: 'n' }[event.code]
    const target = key && desk.querySelector(`[data-key="${key}"]`)
    if (!target) return
    event.preventDefault()
    if (key === 'r' && !comment.value.trim()) comment.focus()
    else target.click()
  }, { signal })

  // A ready-made reason is written into the comment, where it can be changed; it is not sent a second time.
  for (const box of desk.querySelectorAll('[data-reason]')) {
    box.removeAttribute('name')
    box.addEventListener('change', () => {
      const text = box.dataset.reason
      const rest = comment.value.replace(text, '').replace(/\n{2,}/g, '\n').trim()
      comment.value = box.checked ? [rest, text].filter(Boolean).join('\n') : rest
      comment.dispatchEvent(new Event('input', { bubbles: true }))
      comment.dispatchEvent(new Event('keyup'))
    }, { signal })
  }
  return () => ending.abort()
}
