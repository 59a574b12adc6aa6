// data-module="upload": what a plain file input becomes: dropping, progress, resuming.
export function start (element) {
  element.classList.add('app-drop')
  const over = state => () => element.classList.toggle('app-drop--over', state)
  element.addEventListener('dragenter', over(true))
  element.addEventListener('dragover', over(true))
  element.addEventListener('dragleave', over(false))
  element.addEventListener('drop', over(false))
}
