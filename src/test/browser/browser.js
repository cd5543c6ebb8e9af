// Chromium, and what is asked of every page of ours: nothing that axe finds, and nothing wider than the screen.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const sizes = [
  { name: "", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "-400", viewport: { width: 400, height: 860 }, colorScheme: "light" },
];

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });

// Adds to seen.violations and seen.overflows. The page's own policy refuses scripts of others, so axe goes in past it, by the
// debugger's door.
export async function check(page, what, seen) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const each of found.violations) {
    const nodes = each.nodes.map((node) => node.target.join(" ")).slice(0, 3);
    seen.violations.push({ what, id: each.id, impact: each.impact, nodes });
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (beyond > 0) seen.overflows.push({ what, pixels: beyond });
}
