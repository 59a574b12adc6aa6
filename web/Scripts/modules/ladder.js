// data-module="ladder" around the application's form: hides what makes no sense for the current category, and fills in a post in
// the other language when it is chosen from the suggestions.
export function start (element) {
  const ladder = JSON.parse(element.dataset.ladder)
  const positions = JSON.parse(element.dataset.positions)
  const current = element.querySelector('[name="currentCategory"]')
  const until = element.querySelector('[data-ladder-part="until"]')
  const claimed = element.querySelectorAll('[data-ladder-part="claimed"] input')
  const posts = { ru: element.querySelector('[name="positionRu"]'), kk: element.querySelector('[name="positionKk"]') }

  function show () {
    const step = ladder[current.value]
    until.hidden = !step?.ends
    for (const radio of claimed) {
      const below = step?.below.includes(radio.value) ?? false
      radio.closest('.govuk-radios__item').hidden = below
      if (below) radio.checked = false
    }
  }

  function translate (language, other) {
    const typed = posts[language].value.trim()
    const position = positions.find(one => one[language] === typed)
    const stands = posts[other].value.trim()
    // What was typed by hand stays.
    if (position && (!stands || positions.some(one => one[other] === stands))) posts[other].value = position[other]
  }

  current.addEventListener('change', show)
  posts.ru.addEventListener('change', () => translate('ru', 'kk'))
  posts.kk.addEventListener('change', () => translate('kk', 'ru'))
  show()
}
