// A file sent in pieces (tus), which goes on where a lost connection left it.
import { Upload } from 'tus-js-client'

export function sendInPieces (file, endpoint, { onLost, onProgress, onSuccess, onError }) {
  return new Upload(file, {
    endpoint,
    chunkSize: 1048576,
    retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 30000, 30000, 60000, 60000],
    storeFingerprintForResuming: false,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type },
    // The session's own token: the same that the forms carry.
    onBeforeRequest: async request => {
      request.setHeader('X-CSRF-Token', await csrf())
      request.setHeader('Accept-Language', document.documentElement.lang)
    },
    onShouldRetry: error => {
      const status = error.originalResponse?.getStatus() ?? 0
      const code = problemOf(error)?.code
      if (status === 0) onLost()
      // Somebody has signed in anew in another window: the next try asks for that session's token.
      if (code === 'csrf.invalid') token = null
      return status === 0 || status === 429 || status >= 500 || ['upload.offset', 'csrf.invalid'].includes(code)
    },
    onProgress,
    onSuccess,
    onError,
  })
}

// What the API said; null where nothing came, or something else.
export function problemOf (error) {
  try {
    return JSON.parse(error.originalResponse.getBody())
  } catch {
    return null
  }
}

let token
async function csrf () {
  return token ??= (await (await fetch('/session', { credentials: 'same-origin', cache: 'no-store' })).json()).csrfToken
}
