// data-module="sign" on a form: signing with the EDS through NCALayer on this computer. Each hidden field with data-document-url
// gets the CMS of that document, one with data-content (base64) of these bytes; then the form is sent. Facts and texts come by data-
// attributes (Pages/Shared/_NcaLayer.cshtml).
const emailProtection = '1.3.6.1.5.5.7.3.4'

class Refusal extends Error {
  constructor (state) {
    super(state)
    this.state = state
  }
}

export function start (form) {
  const button = form.querySelector('[data-sign-start]')
  const line = form.querySelector('[data-sign-state]')
  let socket = null
  let busy = false

  function say (state) {
    line.textContent = form.dataset[state] ?? ''
    line.classList.toggle('app-sign__state--wrong', ['absent', 'error', 'document'].includes(state))
  }

  async function sign () {
    if (busy) return
    busy = true
    try {
      const fields = chosen(form)
      say('connecting')
      const data = await Promise.all(fields.map(field => field.dataset.content ?? load(field.dataset.documentUrl)))
      socket = await connect(form.dataset.addresses.split(' '))
      say('choosing')
      const signatures = await ask(socket, form.dataset, data)
      fields.forEach((field, index) => { field.value = signatures[index] })
      say('sending')
      form.requestSubmit()
    } catch (error) {
      say(error instanceof Refusal ? error.state : 'error')
    } finally {
      socket?.close()
      socket = null
      busy = false
    }
  }

  button.hidden = false
  button.addEventListener('click', sign)
  return () => {
    button.removeEventListener('click', sign)
    socket?.close()
  }
}

// All documents of the form, but those whose box (data-if) is not ticked.
function chosen (form) {
  const fields = [...form.querySelectorAll('input[data-document-url], input[data-content]')].filter(field => {
    const box = field.dataset.if && document.getElementById(field.dataset.if)
    if (box) field.disabled = !box.checked
    return !field.disabled
  })
  if (!fields.length) throw new Refusal('none')
  return fields
}

async function load (url) {
  try {
    const answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store' })
    if (!answer.ok) throw new Error(answer.status)
    return base64(new Uint8Array(await answer.arrayBuffer()))
  } catch {
    throw new Refusal('document')
  }
}

function base64 (bytes) {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

// The addresses in turn: the first that opens. Not running and not allowed by the browser look alike.
async function connect (addresses) {
  for (const address of addresses) {
    const socket = await open(address)
    if (socket) return socket
  }
  throw new Refusal('absent')
}

function open (address) {
  return new Promise(resolve => {
    let socket
    try {
      socket = new WebSocket(address)
    } catch {
      return resolve(null)
    }
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('close', () => resolve(null), { once: true })
  })
}

// One question, one answer: frames that are none (the version on opening, the heartbeat) are passed over.
function ask (socket, { test, locale, iin }, data) {
  const question = {
    module: 'kz.gov.pki.knca.basics',
    method: 'sign',
    args: {
      format: 'cms',
      data: data.length === 1 ? data[0] : data,
      signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: test ? null : {} },
      signerParams: { extKeyUsageOids: [emailProtection], ...(iin ? { iin } : {}), ...(test ? { chain: [] } : {}) },
      locale,
    },
  }
  return new Promise((resolve, reject) => {
    socket.addEventListener('message', event => {
      let answer
      try {
        answer = JSON.parse(event.data)
      } catch {
        return
      }
      if (answer.status === true) finish(answer.body?.result)
      else if (answer.status === false || answer.success === false) reject(new Refusal('error'))
    })
    socket.addEventListener('close', () => reject(new Refusal('absent')))
    socket.send(JSON.stringify(question))

    // A string or an array of them, PEM or bare base64; nothing at all where the person cancelled.
    function finish (result) {
      if (!result || (Array.isArray(result) && !result.length)) return reject(new Refusal('cancelled'))
      const signatures = [].concat(result.signatures ?? result).map(text => String(text).replace(/-----[^-]+-----/g, '').replace(/\s/g, ''))
      if (signatures.length === data.length && signatures.every(Boolean)) resolve(signatures)
      else reject(new Refusal('error'))
    }
  })
}
