"""Checks reports that a browser has printed to PDF.

    printed-pages.py FOLDER     compares every FOLDER/NAME.pdf with the page FOLDER/NAME.html

Fails if a plot or a table is split over pages, if words are cut off or too small to read, or if the paper is not white. Uses
`pdftotext` and `pdftoppm` of poppler.
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

LEAST_HEIGHT = 5  # points, of a line of type
MARGIN = 14  # points that printers leave white


def words(text):
    """Letters and digits only: a browser may break a word, and writes some characters in another form."""
    return Counter(re.sub(r"\W", "", text))


def blocks(page):
    """Yields the blocks that no page break may split: a name, and the letters."""
    text = page.read_text(encoding="utf-8").replace("<!DOCTYPE html>\n", "")
    root = ElementTree.fromstring(text)
    for element in root.iter():
        kind = element.tag.split("}")[-1]
        if kind == "figure":
            # Where a name is cut, a title within the text has the whole.
            texts = [
                (text.text or "") + "".join(title.tail or "" for title in text)
                for text in element.iter() if text.tag.endswith("}text")
            ]
            yield f"the picture “{texts[0]}”", words("".join(texts))
        elif kind == "table" and sum(1 for _ in element.iter("tr")) <= 40:
            yield f"the table “{element.find('caption').text}”", words("".join(element.itertext()))


def faults(pdf):
    box_text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for page in re.findall(r"<page [^>]*>.*?</page>", box_text, re.S):
        width, height = map(float, re.match(r'<page width="([\d.]+)" height="([\d.]+)"', page).groups())
        letters = Counter()
        for box in re.finditer(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>', page):
            left, top, right, bottom = map(float, box.groups()[:4])
            text = box[5].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
            letters += words(text)
            if left < MARGIN or top < MARGIN or right > width - MARGIN or bottom > height - MARGIN:
                yield f"page {len(pages) + 1}: “{text}” leaves the paper"
            if min(right - left, bottom - top) < LEAST_HEIGHT and len(text) > 3:
                yield f"page {len(pages) + 1}: “{text}” is too small"
        pages.append(letters)
    for name, letters in blocks(pdf.with_suffix(".html")):
        if not any(letters <= page for page in pages):
            yield f"{name} is on no page as a whole"

    picture = subprocess.run(["pdftoppm", "-r", "20", "-gray", pdf], check=True, capture_output=True).stdout
    for number, page in enumerate(re.split(rb"P5\n\d+ \d+\n255\n", picture)[1:], 1):
        if page[0] < 250 or page[-1] < 250 or sum(page) / len(page) < 200:
            yield f"page {number}: the paper is not white"


def main():
    pdfs = sorted(Path(sys.argv[1]).glob("*.pdf"))
    found = [f"{pdf.name}: {fault}" for pdf in pdfs for fault in faults(pdf)]
    for fault in found[:40]:
        print(fault)
    sys.exit(1 if found or not pdfs else 0)


main()
