// Bundles the scripts into wwwroot: one for every page, one for each part that is loaded when it is needed.
import { build } from 'esbuild'
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari15.4'],
  legalComments: 'eof',
  logLevel: 'warning',
}

const modules = readdirSync('Scripts/modules').filter(name => name.endsWith('.js')).map(name => `Scripts/modules/${name}`)

await build({ ...options, entryPoints: ['Scripts/app.js'], outdir: 'wwwroot' })
await build({ ...options, entryPoints: modules, outdir: 'wwwroot/js', external: ['/pdfjs/*'] })

mkdirSync('wwwroot/pdfjs', { recursive: true })
copyFileSync('node_modules/pdfjs-dist/build/pdf.min.mjs', 'wwwroot/pdfjs/pdf.js')
copyFileSync('node_modules/pdfjs-dist/build/pdf.worker.min.mjs', 'wwwroot/pdfjs/pdf.worker.js')
copyFileSync('node_modules/pdfjs-dist/LICENSE', 'wwwroot/pdfjs/LICENSE')
