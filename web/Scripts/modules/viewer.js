// data-module="viewer": one file shown in the page. pdf.js comes only when a PDF is to be seen; without it the file's link does.
const steps = [1, 1.25, 1.5, 2, 3]
// What the browsers of phones draw at most (Safari: 16.7 million pixels; no side over 8,192 to be safe on all of them).
const mostPixels = 16_000_000
const longestSide = 8192

async function loadPdf () {
  const pdf = await import('/pdfjs/pdf.js')
  pdf.GlobalWorkerOptions.workerSrc = '/pdfjs/pdf.worker.js'
  return pdf
}

export function start (figure) {
  if (figure.dataset.scan !== 'clean') return
  const pages = figure.querySelector('.app-viewer__pages')
  const tools = element('span', 'app-viewer__tools')
  let zoom = 0
  let show = () => {}
  let ended = () => {}
  let lacking = false
  let resized = 0

  const larger = button(figure.dataset.larger, () => set(zoom + 1))
  const smaller = button(figure.dataset.smaller, () => set(zoom - 1))
  function set (step) {
    zoom = Math.max(0, Math.min(steps.length - 1, step))
    show(steps[zoom])
  }

  const observer = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return
    observer.disconnect()
    open().catch(fail)
  }, { rootMargin: '200px' })
  observer.observe(figure)

  async function open () {
    const image = pages.querySelector('img')
    if (image) return showImage(image)
    pages.replaceChildren(element('p', 'app-viewer__word', figure.dataset.loading))
    const answer = await fetch(figure.dataset.url, { headers: { Accept: 'application/pdf, image/*' } })
    if (!answer.ok) throw new Error(`${answer.status}`)
    const type = answer.headers.get('Content-Type') || figure.dataset.type
    if (type.startsWith('image/')) {
      const picture = element('img')
      picture.alt = pages.getAttribute('aria-label')
      picture.src = URL.createObjectURL(await answer.blob())
      ended = () => URL.revokeObjectURL(picture.src)
      pages.replaceChildren(picture)
      return showImage(picture)
    }
    const bytes = await answer.arrayBuffer()
    const pdf = await loadPdf()
    // The pages' policy lets no WebAssembly run: the decoders of scans come as plain scripts.
    // Chinese, Japanese and Korean letters need tables of a megabyte, which no page here brings: then it is said that some are missing.
    class Signs {
      async fetch ({ kind, filename }) {
        if (kind !== 'wasmUrl') {
          lacking ||= kind === 'cMapUrl'
          throw new Error(filename)
        }
        return new Uint8Array(await (await fetch(`/pdfjs/${filename}`)).arrayBuffer())
      }
    }
    const task = pdf.getDocument({ data: bytes, useWasm: false, wasmUrl: '/pdfjs/', isEvalSupported: false, BinaryDataFactory: Signs })
    ended = () => task.destroy()
    const file = await task.promise
    // Its page says "please wait", for ever: the form itself is drawn by Adobe's own program alone.
    const { info } = await file.getMetadata()
    if (info.IsXFAPresent && !info.IsAcroFormPresent) return offer(figure.dataset.form)
    await showPdf(file)
  }

  function showImage (image) {
    image.addEventListener('error', () => fail(new Error('no image')))
    if (image.complete && image.naturalWidth === 0) return fail(new Error('no image'))
    show = scale => { image.style.maxWidth = scale === 1 ? '' : 'none'; image.style.width = scale === 1 ? '' : `${scale * 100}%` }
    tools.replaceChildren(smaller, larger)
    attach()
  }

  async function showPdf (file) {
    const canvas = element('canvas')
    const count = element('span', 'app-viewer__count')
    const partly = element('p', 'app-viewer__word', figure.dataset.partly)
    partly.hidden = true
    count.setAttribute('role', 'status')
    const previous = button(figure.dataset.previous, () => turn(-1))
    const next = button(figure.dataset.next, () => turn(1))
    let number = 1
    let drawing = null
    let again = false

    function turn (by) {
      number = Math.max(1, Math.min(file.numPages, number + by))
      pages.scrollTop = 0
      show(steps[zoom])
    }

    // One page is drawn at a time; what was asked for meanwhile is drawn after it.
    show = scale => {
      again = true
      drawing ??= (async () => {
        while (again) {
          again = false
          await draw(scale = steps[zoom])
        }
        drawing = null
      })().catch(fail)
    }

    async function draw (scale) {
      const page = await file.getPage(number)
      const natural = page.getViewport({ scale: 1 })
      const width = Math.max(200, pages.clientWidth - 24) * scale
      // A canvas that is too large for the browser stays empty without a word: a tall page is drawn less finely.
      const height = natural.height / natural.width * width
      const density = Math.min(2, window.devicePixelRatio || 1, Math.sqrt(mostPixels / (width * height)), longestSide / width, longestSide / height)
      const viewport = page.getViewport({ scale: width / natural.width * density })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      canvas.style.width = `${width}px`
      canvas.style.maxWidth = 'none'
      await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise
        partly.hidden = !lacking
      count.textContent = format(figure.dataset.page, number, file.numPages)
      canvas.setAttribute('role', 'img')
      canvas.setAttribute('aria-label', `${pages.getAttribute('aria-label')}. ${count.textContent}`)
    }

    pages.replaceChildren(partly, canvas)
    tools.replaceChildren(...(file.numPages > 1 ? [previous, next] : []), smaller, larger, count)
    attach()
    show(1)
  }

  function attach () {
    figure.querySelector('.app-viewer__bar').append(tools)
  }

  function fail (error) {
    if (!figure.isConnected) return
    console.warn(error)
    offer(figure.dataset.failed)
  }

  // Nothing can be shown: why, and the file itself.
  function offer (why) {
    const word = element('p', 'app-viewer__word', `${why} `)
    word.setAttribute('role', 'status')
    const link = element('a', 'govuk-link', figure.dataset.download)
    link.href = figure.dataset.open
    link.target = '_blank'
    link.rel = 'noopener'
    link.dataset.turbo = 'false'
    word.append(link)
    pages.replaceChildren(word)
    tools.remove()
  }

  // A page drawn for another width is drawn again, once the width has settled.
  const resize = () => { clearTimeout(resized); resized = setTimeout(() => show(steps[zoom]), 200) }
  addEventListener('resize', resize)

  return () => {
    removeEventListener('resize', resize)
    clearTimeout(resized)
    observer.disconnect()
    ended()
    tools.remove()
  }
}

function element (name, css, text) {
  const made = document.createElement(name)
  if (css) made.className = css
  if (text) made.textContent = text
  return made
}

function button (text, click) {
  const made = element('button', 'app-link-button', text)
  made.type = 'button'
  made.addEventListener('click', click)
  return made
}

const format = (text, ...parts) => text.replace(/\{(\d)\}/g, (_, index) => parts[index])
