#!/usr/bin/env python3
"""Look at the pages that bitext writes in a headless Chromium.

    pages.py BITEXT

Chromium renders `align --format html` and the report of a batch; what it makes of them
is read back with --dump-dom, so that the questions are asked of the rendered page: does
it fit a telephone, has every segment its language, is there contrast enough in both
schemes, does the box that hides the good beads work.  Exit 77 where there is no Chromium.

SPDX-License-Identifier: MIT
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LEAST_CONTRAST = 4.5  # WCAG 2.1, 1.4.3

# Put into a copy of the page: measures it, and leaves the answers where --dump-dom finds them.
PROBE = """
<script>
addEventListener('load', () => {
  const number = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = (c) => 0.2126 * number(c[0]) + 0.7152 * number(c[1]) + 0.0722 * number(c[2]);
  const parse = (s) => (s.match(/[\\d.]+/g) || []).map(Number);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  let contrast = 21;
  for (const e of document.querySelectorAll('p, h1, h2, td, th, dt, dd, label, .flag, .source, li')) {
    if (!e.textContent.trim() || !e.offsetParent) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    contrast = Math.min(contrast, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  const fine = document.querySelector('.fine'), box = document.querySelector('#review');
  let hides = null;
  if (fine && box) { box.click(); hides = getComputedStyle(fine).display === 'none'; }
  const answers = {
    wide: document.documentElement.scrollWidth, window: innerWidth, contrast, hides,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    segments: document.querySelectorAll('.beads p').length,
    unnamed: document.querySelectorAll('.beads p:not([lang]):not(.absent)').length,
    outside: document.querySelectorAll('[src], link').length,
    unlabelled: [...document.querySelectorAll('input')].filter((e) => !e.labels.length).length,
    language: document.documentElement.lang, title: document.title,
  };
  document.body.innerHTML = '';
  const pre = document.body.appendChild(document.createElement('pre'));
  pre.textContent = 'ANSWERS' + JSON.stringify(answers) + 'END';
});
</script>
"""


def ask(page, width, dark, folder):
    probed = folder / "probed.html"
    probed.write_text(page.read_text().replace("</body>", PROBE + "</body>"))
    scheme = ["--blink-settings=preferredColorScheme=" + ("0" if dark else "1")]
    with tempfile.TemporaryDirectory() as profile:
        # A window of Chromium is never narrower than 500 pixels; a frame is.
        frame = folder / "frame.html"
        frame.write_text(f'<iframe id="f" width="{width}" height="900" src="probed.html"></iframe>'
                         "<script>f.onload = () => setTimeout(() => document.body.append("
                         "f.contentDocument.body.textContent), 200)</script>")
        run = subprocess.run([CHROMIUM, *FLAGS, *scheme, f"--user-data-dir={profile}", "--window-size=1400,1000",
                              "--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom",
                              frame.as_uri()], capture_output=True, text=True, timeout=120)
    found = re.search("ANSWERS(.*?)END", run.stdout)
    if not found:
        sys.exit(f"{page.name}: Chromium gave no answer\n{run.stderr[-500:]}")
    return json.loads(found.group(1).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


def complaints(page, width, dark, folder):
    told = ask(page, width, dark, folder)
    if told["wide"] > told["window"]:
        yield f"is {told['wide']} pixels wide in a window of {told['window']}"
    if told["contrast"] < LEAST_CONTRAST:
        yield f"has a contrast of {told['contrast']:.2f}"
    if told["dark"] != dark:
        yield "does not follow the scheme"
    if not told["segments"] or told["unnamed"]:
        yield f"has {told['unnamed']} of {told['segments']} segments without a language"
    if told["outside"]:
        yield "loads something from outside"
    if told["unlabelled"]:
        yield "has an input without a label"
    if not told["language"] or not told["title"]:
        yield "has no language or no title"
    if told["hides"] is False:
        yield "does not hide the good beads"


def write_pages(bitext, folder):
    for language, text in (("fr", "Le port rouvre\n\nLe port a rouvert le 3 mars. Le maire a salué 250 ouvriers.\n"),
                           ("en", "The port reopens\n\nThe port reopened on 3 March. The mayor praised 240 workers.\n"),
                           ("zh", "港口重新开放\n\n港口于3月3日重新开放。市长感谢了250名工人。\n")):
        (folder / f"port.{language}.txt").write_text(text)
    (folder / "alone.fr.txt").write_text("Seul\n\nPersonne ne traduit cette page.\n")
    names = [f"port.{language}.txt" for language in ("fr", "en", "zh")]
    subprocess.run([bitext, "align", "-q", "--format", "html", "-o", "align.html", *names], cwd=folder, check=True)
    subprocess.run([bitext, "batch", "-q", "--memory", "m.db", "--report", "report.html", "."], cwd=folder, check=True)


def main():
    if not CHROMIUM:
        print("no Chromium: skipped")
        return 77
    bitext, failed = str(pathlib.Path(sys.argv[1]).resolve()), False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_pages(bitext, folder)
        for page in ("align.html", "report.html"):
            for width in (360, 1280):
                for dark in (False, True):
                    for complaint in complaints(folder / page, width, dark, folder):
                        print(f"{page} at {width}, {'dark' if dark else 'light'}: {complaint}")
                        failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
