async function o(){let r=await import("/pdfjs/pdf.js");return r.GlobalWorkerOptions.workerSrc="/pdfjs/pdf.worker.js",r}function t(r){}export{o as loadPdf,t as start};
