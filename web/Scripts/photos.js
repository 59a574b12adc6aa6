// Photos of pages become one PDF: a page each, JPEG as it comes from a canvas, turned as the camera says and no larger than reads well.
const longest = 2000
const page = { short: 595, long: 842 }

export async function joinPhotos (files, name) {
  const pictures = []
  for (const file of files) {
    try {
      pictures.push(await picture(file))
    } catch (error) {
      // Which of them it was, for the reader to take it away.
      throw Object.assign(error, { file })
    }
  }
  return new File([pdf(pictures)], name, { type: 'application/pdf' })
}

async function picture (file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise((resolve, reject) =>
    canvas.toBlob(made => made ? resolve(made) : reject(new Error('no JPEG')), 'image/jpeg', 0.85))
  return { width: canvas.width, height: canvas.height, bytes: new Uint8Array(await blob.arrayBuffer()) }
}

// Objects: 1 the catalogue, 2 the pages; then for each picture its page, its content, its image.
function pdf (pictures) {
  const encoder = new TextEncoder()
  const parts = []
  const offsets = []
  let length = 0
  const write = part => {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part
    parts.push(bytes)
    length += bytes.length
  }
  const object = (number, dictionary, stream) => {
    offsets[number] = length
    write(`${number} 0 obj\n${dictionary}\n`)
    if (stream) {
      write('stream\n')
      write(stream)
      write('\nendstream\n')
    }
    write('endobj\n')
  }

  write('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n')
  object(1, '<< /Type /Catalog /Pages 2 0 R >>')
  object(2, `<< /Type /Pages /Count ${pictures.length} /Kids [${pictures.map((_, index) => `${3 + index * 3} 0 R`).join(' ')}] >>`)
  pictures.forEach(({ width, height, bytes }, index) => {
    const first = 3 + index * 3
    const [wide, tall] = width > height ? [page.long, page.short] : [page.short, page.long]
    const scale = Math.min(wide / width, tall / height)
    const [w, h] = [width * scale, height * scale]
    const content = encoder.encode(`q ${w.toFixed(2)} 0 0 ${h.toFixed(2)} ${((wide - w) / 2).toFixed(2)} ${((tall - h) / 2).toFixed(2)} cm /P Do Q`)
    object(first, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${tall}] /Contents ${first + 1} 0 R /Resources << /XObject << /P ${first + 2} 0 R >> >> >>`)
    object(first + 1, `<< /Length ${content.length} >>`, content)
    object(first + 2, `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${bytes.length} >>`, bytes)
  })
  const table = length
  write(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`)
  for (const offset of offsets.slice(1)) write(`${String(offset).padStart(10, '0')} 00000 n \n`)
  write(`trailer << /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`)
  return new Blob(parts)
}
