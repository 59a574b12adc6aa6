// Bundles the scripts into wwwroot: one for every page, one for each part that is loaded when it is needed.
import { build } from 'esbuild'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari15.4'],
  legalComments: 'eof',
  logLevel: 'warning',
}

// Turbo's progress bar writes a <style> into the page as soon as Turbo is loaded, which the pages' policy forbids.
const withoutStyle = {
  name: 'turbo-without-style',
  setup: ({ onLoad }) => onLoad({ filter: /@hotwired\/turbo\/dist\/.*\.js$/ }, ({ path }) => {
    const line = 'this.installStylesheetElement();'
    const source = readFileSync(path, 'utf8')
    if (source.split(line).length !== 2) throw new Error(`Turbo has changed: ${line}`)
    return { contents: source.replace(line, ''), loader: 'js' }
  }),
}

const modules = readdirSync('Scripts/modules').filter(name => name.endsWith('.js')).map(name => `Scripts/modules/${name}`)

await build({ ...options, entryPoints: ['Scripts/app.js'], plugins: [withoutStyle], outdir: 'wwwroot' })
await build({ ...options, entryPoints: modules, outdir: 'wwwroot/js', external: ['/pdfjs/*'] })

mkdirSync('wwwroot/pdfjs', { recursive: true })
copyFileSync('node_modules/pdfjs-dist/build/pdf.min.mjs', 'wwwroot/pdfjs/pdf.js')
copyFileSync('node_modules/pdfjs-dist/build/pdf.worker.min.mjs', 'wwwroot/pdfjs/pdf.worker.js')
copyFileSync('node_modules/pdfjs-dist/LICENSE', 'wwwroot/pdfjs/LICENSE')
// What scans are packed with (JBIG2, JPEG 2000), without WebAssembly; loaded only for a file that needs it.
for (const name of ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js', 'LICENSE_JBIG2', 'LICENSE_OPENJPEG', 'LICENSE_PDFJS_JBIG2', 'LICENSE_PDFJS_OPENJPEG']) {
  copyFileSync(`node_modules/pdfjs-dist/wasm/${name}`, `wwwroot/pdfjs/${name}`)
}
