// Looks at a running console as a person does, and says what it saw as JSON.
//   node visit.js URL TOKEN FOLDER
// Pictures of what it saw lie in FOLDER: console.png, console-dark.png, console-400.png, result.png, result-dark.png,
// card.png and their like.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { check as checkPage, launch, sizes } from "./browser.js";

const [url, token, folder] = process.argv.slice(2);
const seen = { violations: [], overflows: [], refused: [], pictures: [], said: {} };

const check = (page, what) => checkPage(page, what, seen);

async function open(browser, size) {
  const context = await browser.newContext({ viewport: size.viewport, colorScheme: size.colorScheme });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") seen.refused.push(message.text());
  });
  page.on("pageerror", (error) => seen.refused.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById("state").textContent === "live");
  await page.waitForSelector("section[aria-labelledby=review] tbody tr");
  return page;
}

async function look(browser, size) {
  const page = await open(browser, size);
  await check(page, "console" + size.name);
  await page.screenshot({ path: join(folder, `console${size.name}.png`) });
  await page.check("#hold");
  await page.click("section[aria-labelledby=alerts] tbody a");
  await page.waitForLoadState("load");
  const drawn = await page.$$eval(".stack img", (all) => all.map((img) => img.complete && img.naturalWidth));
  seen.pictures.push({ what: "result" + size.name, drawn });
  await check(page, "result" + size.name);
  await page.screenshot({ path: join(folder, `result${size.name}.png`) });
  if (drawn.length > 1 && size.name === "") {
    await page.uncheck("#over");
    seen.hidden = !(await page.isVisible(".over"));
  }
  await page.goto(url);
  await page.click("section[aria-labelledby=shelf] tbody a");
  await page.waitForSelector(".card table");
  const figures = await page.$$eval(".card img", (all) => all.map((img) => img.complete && img.naturalWidth));
  seen.figures = (seen.figures || []).concat(figures);
  await check(page, "card" + size.name);
  await page.screenshot({ path: join(folder, `card${size.name}.png`) });
  await page.context().close();
}

// With the keyboard alone, as far as buttons go.
async function press(page, selector) {
  await page.check("#hold");
  await page.focus(selector);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !["", "…"].includes(document.getElementById("said").textContent));
  const said = await page.textContent("#said");
  await page.uncheck("#hold");
  return said.trim();
}

const stat = (page, name) =>
  page.$$eval(
    ".stats div",
    (all, which) => Number(all.find((each) => each.children[0].textContent === which).children[1].textContent),
    name,
  );

async function work(browser) {
  const page = await open(browser, sizes[0]);
  // Nothing is sent before it is known who acts.
  await page.click("section[aria-labelledby=alerts] tbody button");
  seen.said.nothing = (await page.textContent("#said")).trim();
  await page.fill("input[name=who]", "radiologist-2");
  await page.fill("input[name=token]", "not-the-token-of-the-console");
  const first = "section[aria-labelledby=alerts] tbody button";
  seen.said.wrongToken = await press(page, first);
  await page.fill("input[name=token]", token);
  const before = await stat(page, "alerts to acknowledge");
  seen.said.acknowledge = await press(page, first);
  await page.waitForFunction(
    (was) =>
      [...document.querySelectorAll(".stats div")].some(
        (each) =>
          each.children[0].textContent === "alerts to acknowledge" &&
          Number(each.children[1].textContent) < was,
      ),
    before,
  );
  const line = await page.getAttribute("section[aria-labelledby=review] tbody button", "value");
  seen.said.agree = await press(page, "section[aria-labelledby=review] tbody button");
  await page.waitForFunction((value) => !document.querySelector(`button[value="${value}"]`), line);
  seen.said.redrive = await press(page, "section[aria-labelledby=letters] tbody button");
  seen.said.shadow = await press(page, "section[aria-labelledby=shelf] tbody button");
  await page.fill("#filter", "no line has these words");
  seen.narrowed = await page.$$eval("#live tbody tr", (all) => all.every((row) => row.hidden));
  await page.context().close();
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const size of sizes) await look(browser, size);
  await work(browser);
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen) + "\n");
