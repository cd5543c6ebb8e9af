// Looks at a page that lies in a file, light, dark and on 400 pixels, takes a picture of it and says what it saw as JSON.
//   node page.js PAGE PICTURE
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check, launch, sizes } from "./browser.js";

const [file, picture] = process.argv.slice(2);
const seen = { violations: [], overflows: [], broken: 0 };
mkdirSync(dirname(resolve(picture)), { recursive: true });
const browser = await launch();
try {
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: size.viewport, colorScheme: size.colorScheme });
    await page.goto(pathToFileURL(resolve(file)).href);
    seen.broken += await page.$$eval("img", (all) => all.filter((img) => !img.naturalWidth).length);
    await check(page, "page" + size.name, seen);
    if (size.name === "") await page.screenshot({ path: picture, fullPage: true });
    await page.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen) + "\n");
