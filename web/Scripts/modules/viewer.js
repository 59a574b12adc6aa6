// data-module="viewer": the evidence shown in the page. pdf.js comes only when a PDF is opened.
export async function loadPdf () {
  const pdf = await import('/pdfjs/pdf.js')
  pdf.GlobalWorkerOptions.workerSrc = '/pdfjs/pdf.worker.js'
  return pdf
}

export function start (element) {
}
