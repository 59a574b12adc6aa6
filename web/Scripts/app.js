// Loaded on every page. Without it everything works but more slowly: it only adds.
import * as Turbo from '@hotwired/turbo'
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { startModules, stopModules } from './modules.js'

// Turbo's progress bar has no style here (see build.js): ours is a class. The longest delay that a timer knows.
Turbo.config.drive.progressBarDelay = 2147483647

const root = document.documentElement

// Chromium groups a Kazakh number's figures with a comma: a blank belongs there.
class Count extends CharacterCount {
  // A sign is one, be it a letter or an emoji, as it is counted where it is kept.
  updateCount () {
    super.updateCount()
    if (this.config.countType === 'length') this.count = [...this.$textarea.value].length
  }

  formatCountMessage (...what) {
    const words = super.formatCountMessage(...what)
    return root.lang === 'kk' ? words.replace(/(\d),(\d{3})/, '$1\u00a0$2') : words
  }
}

const components = [Button, Count, ErrorSummary, PasswordInput]

function enable (body) {
  body.classList.add('js-enabled', 'govuk-frontend-supported')
}

function startComponents () {
  for (const Component of components) {
    for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      // Turbo shows a page again from its cache, with the marks but without the listeners of its first time.
      element.removeAttribute(`data-${Component.moduleName}-init`)
      try {
        new Component(element)
      } catch (error) {
        // An old browser: the plain field does.
        console.warn(error)
      }
    }
  }
}

function arrive () {
  enable(document.body)
  startComponents()
  startModules(document)
}

// A page that comes without a load says nothing by itself: its title is read aloud, and reading goes on at its top.
function announce () {
  const announcer = document.getElementById('announcer')
  if (announcer) announcer.textContent = document.title
  if (document.querySelector('[data-module="govuk-error-summary"]')) return
  const focused = document.activeElement
  if (!focused || focused === document.body) document.getElementById('main-content')?.focus({ preventScroll: true })
}

// What the components have written into the page would be there twice when it comes back from the cache.
function leave () {
  stopModules()
  document.querySelectorAll('.govuk-character-count__status, .govuk-character-count__sr-status, .govuk-password-input__sr-status')
    .forEach(element => element.remove())
  document.querySelectorAll('input[type="password"], .govuk-password-input__input')
    .forEach(input => { input.type = 'password'; input.value = '' })
}

const busy = is => () => root.classList.toggle('app-busy', is)

for (const event of ['turbo:visit', 'turbo:submit-start']) addEventListener(event, busy(true))
for (const event of ['turbo:load', 'turbo:render', 'turbo:submit-end', 'turbo:fetch-request-error']) addEventListener(event, busy(false))
// No answer at all: the page stays as it is, with what was typed, and says so.
let lost = null
addEventListener('turbo:fetch-request-error', event => {
  lost = event.detail.error
  const main = document.getElementById('main-content')
  if (!main) return
  document.getElementById('lost')?.remove()
  const notice = document.createElement('div')
  notice.id = 'lost'
  notice.className = 'app-notice app-notice--warning'
  notice.setAttribute('role', 'alert')
  notice.textContent = document.body.dataset.lost
  main.prepend(notice)
  notice.scrollIntoView({ block: 'nearest' })
})
// It has been said: the browser need not say it once more.
addEventListener('unhandledrejection', event => { if (event.reason === lost) event.preventDefault() })
addEventListener('turbo:submit-start', () => document.getElementById('lost')?.remove())
addEventListener('turbo:before-render', event => { stopModules(); enable(event.detail.newBody) })
addEventListener('turbo:before-cache', leave)
// Comes for a form that came back with errors too, where turbo:load does not.
addEventListener('turbo:render', () => { arrive(); announce() })

arrive()
