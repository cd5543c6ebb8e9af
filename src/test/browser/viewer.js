// Opens a DICOM file in dwv, a viewer of another make, in Chromium, and says how it was drawn.
//   node viewer.js FILE PICTURE
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.js";

const [file, picture] = process.argv.slice(2);
const packages = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const page = `<!doctype html><title>dwv</title><style>body{margin:0;background:#000}#view{width:700px;height:700px}</style>
<div id="view"></div>
<script src="/packages/jszip/dist/jszip.min.js"></script>
<script src="/packages/konva/konva.min.js"></script>
<script type="importmap">{"imports": {"dwv": "/packages/dwv/dist/dwv.min.js", "konva": "/of/Konva", "jszip": "/of/JSZip", "magic-wand-tool": "/of/MagicWand"}}</script>
<script type="module">
import * as dwv from "dwv";
window.said = [];
const app = new dwv.App();
app.init(new dwv.AppOptions({ "*": [new dwv.ViewConfig("view")] }));
for (const each of ["error", "loaderror", "abort"]) app.addEventListener(each, (e) => window.said.push(each + " " + e.error));
app.addEventListener("renderend", () => (window.drawn = true));
app.addEventListener("load", (e) => (window.meta = app.getMetaData(e.dataid)));
app.loadURLs(["/object.dcm"]);
</script>`;

const server = createServer((request, response) => {
  if (request.url === "/") {
    response.setHeader("Content-Type", "text/html").end(page);
  } else if (request.url === "/object.dcm") {
    response.setHeader("Content-Type", "application/dicom").end(readFileSync(file));
  } else if (request.url.startsWith("/of/")) {
    // Packages that put themselves into the window, as the modules that dwv asks for.
    const name = request.url.slice("/of/".length);
    response.setHeader("Content-Type", "text/javascript");
    response.end(`export default window.${name}; export const Konva = window.Konva;`);
  } else if (request.url.startsWith("/packages/") || request.url.startsWith("/assets/")) {
    const name = request.url.replace(/^\/packages\//, "").replace(/^\/assets/, "dwv/dist/assets");
    const path = normalize(join(packages, name));
    response.setHeader("Content-Type", "text/javascript").end(readFileSync(path));
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await launch();
try {
  const tab = await browser.newPage({ viewport: { width: 700, height: 700 } });
  tab.on("pageerror", (error) => console.error(String(error)));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(() => window.drawn || window.said?.length > 0);
  await tab.screenshot({ path: picture });
  const seen = await tab.evaluate(() => {
    const canvas = document.querySelector("#view canvas");
    if (!canvas) return { said: window.said, colours: 0 };
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const colours = new Set();
    for (let i = 0; i < pixels.length; i += 4) colours.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
    const text = (tag) => window.meta?.[tag]?.value?.[0] ?? "";
    return { said: window.said, colours: colours.size, study: text("0020000D"), description: text("0008103E") };
  });
  process.stdout.write(JSON.stringify(seen) + "\n");
} finally {
  await browser.close();
  server.close();
}
