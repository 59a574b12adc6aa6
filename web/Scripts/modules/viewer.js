// data-module="viewer": one file shown in the page. pdf.js comes only when a PDF is to be seen; without it the file's link does.
const steps = [1, 1.25, 1.5, 2, 3]

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
    const task = pdf.getDocument({ data: bytes, useWasm: false, wasmUrl: '/pdfjs/', isEvalSupported: false })
    ended = () => task.destroy()
    await showPdf(await task.promise)
  }

  function showImage (image) {
    show = scale => { image.style.maxWidth = scale === 1 ? '' : 'none'; image.style.width = scale === 1 ? '' : `${scale * 100}%` }
    tools.replaceChildren(smaller, larger)
    attach()
  }

  async function showPdf (file) {
    const canvas = element('canvas')
    const count = element('span', 'app-viewer__count')
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
      const density = Math.min(2, window.devicePixelRatio || 1)
      const viewport = page.getViewport({ scale: width / natural.width * density })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      canvas.style.width = `${width}px`
      canvas.style.maxWidth = 'none'
      await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise
      count.textContent = format(figure.dataset.page, number, file.numPages)
      canvas.setAttribute('role', 'img')
      canvas.setAttribute('aria-label', `${pages.getAttribute('aria-label')}. ${count.textContent}`)
    }

    pages.replaceChildren(canvas)
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
    pages.replaceChildren(element('p', 'app-viewer__word', figure.dataset.failed))
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
