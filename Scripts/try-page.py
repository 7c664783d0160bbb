#!/usr/bin/env python3
"""Uses the page of a running server in headless Chromium, by keyboard and slider, as a person does.

    Scripts/try-page.py http://127.0.0.1:8080/ [FOLDER]

Fails if the prediction does not follow, if the console has an error, if anything is requested from elsewhere, or if the page
is wider than its window. Writes pictures of all widths, light and dark, to FOLDER. Needs nothing but Python and Chromium.
"""

import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request


class Browser:
    """Chromium, over its debugging protocol."""

    def __init__(self, folder):
        program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage",
             "--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = os.path.join(folder, "DevToolsActivePort")
        self.wait(lambda: os.path.exists(port_file) and os.path.getsize(port_file) > 0, "Chromium to start")
        port = int(open(port_file).readline())
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        path = urllib.parse.urlparse(address).path
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.socket.recv(1)
        self.number = 0
        self.events = []

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise EOFError("Chromium has ended")
            data += part
        return data

    def message(self):
        data, final = b"", False
        while not final:
            first, second = self.read(2)
            final, length = bool(first & 0x80), second & 0x7F
            if length == 126:
                (length,) = struct.unpack(">H", self.read(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.read(8))
            data += self.read(length)
        return json.loads(data)

    def call(self, method, **parameters):
        self.number += 1
        text = json.dumps({"id": self.number, "method": method, "params": parameters}).encode()
        length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(text))
        self.socket.sendall(b"\x81" + length + b"\0\0\0\0" + text)
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def key(self, key, code=0, text=None):
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **typed)

    def type(self, text):
        for character in text:
            # The keys of point and minus have other codes than their characters, which are those of Delete and Insert.
            self.key(character, {".": 190, "-": 189}.get(character, ord(character.upper())), character)

    def wait(self, condition, what):
        end = time.time() + 20
        while time.time() < end:
            if condition():
                return
            time.sleep(0.05)
        raise SystemExit(f"the page: waited in vain for {what}")

    def close(self):
        self.process.terminate()
        self.process.wait()


def check(condition, what):
    if not condition:
        raise SystemExit(f"the page: {what}")


def use(browser, address):
    browser.call("Page.enable")
    browser.call("Runtime.enable")
    browser.call("Log.enable")
    browser.call("Network.enable")
    browser.call("Page.navigate", url=address)
    browser.wait(lambda: browser.value("!!document.querySelector('#prediction .answer')"), "the first prediction")

    prediction = lambda: browser.value("document.querySelector('#prediction').innerText")
    drawn = lambda: browser.value("document.querySelector('#curve').innerHTML")
    browser.wait(lambda: browser.value("!!document.querySelector('#curve svg')"), "the curve")

    # By keyboard alone: to the first number, type another one, and predict.
    before, curve = prediction(), drawn()
    for _ in range(30):
        browser.key("Tab", 9)
        if browser.value("document.activeElement.matches('.field input[type=text][inputmode=decimal]')"):
            break
    check(browser.value("document.activeElement.matches('.field input[type=text]')"), "Tab reaches no field of a number")
    place = browser.value("document.activeElement.closest('.field').querySelector('label').innerText")
    number = browser.value("document.activeElement.value")
    other = browser.value("document.activeElement.closest('.field').querySelector('input[type=range]')?.max ?? '1'")
    browser.value("document.activeElement.select()")
    browser.type(other)
    browser.key("Enter", 13, "\r")
    browser.wait(lambda: prediction() != before, f"another prediction when {place} is {other} and not {number}")
    check(browser.value("JSON.parse(document.querySelector('#call').textContent.match(/'(.*)'$/)[1])")[place] == float(other),
          "the command has not the number that was typed")

    # A slider, by arrow keys.
    before = prediction()
    sliders = browser.value("document.querySelectorAll('.field input[type=range]').length")
    check(sliders > 0, "there is no slider")
    browser.value("document.querySelector('.field input[type=range]').focus()")
    for _ in range(8):
        browser.key("PageDown", 34)
    browser.wait(lambda: prediction() != before, "another prediction when the slider moves")
    check(drawn() != curve, "the curve does not follow")

    # A missing value, and what is no number.
    browser.value("document.activeElement.closest('.field').querySelector('.gap input').focus()")
    before = prediction()
    browser.key(" ", 32, " ")
    browser.wait(lambda: browser.value("document.querySelector('#call').textContent.includes(':null')"), "a missing value")
    browser.value("document.querySelector('.field input[inputmode=decimal]').focus()")
    browser.value("document.activeElement.select()")
    browser.type("many")
    browser.wait(lambda: browser.value("document.querySelector('#error').innerText.includes('must be a number')"), "an error")
    browser.value("document.querySelector('button[type=reset]').focus()")
    browser.key("Enter", 13, "\r")
    browser.wait(lambda: browser.value("document.querySelector('#error').hidden"), "a page without the error after Reset")

    # Every column has a curve.
    for index in range(min(8, browser.value("document.querySelector('#column').options.length"))):
        before = drawn()
        browser.value(
            f"(select => {{ select.selectedIndex = {index}; select.dispatchEvent(new Event('change')); }})"
            "(document.querySelector('#column'))")
        browser.wait(lambda: drawn() != before or index == 0, f"the curve of column {index}")
        check("NaN" not in drawn(), f"the curve of column {index} has NaN")
    browser.value("document.querySelector('.field input').focus()")
    browser.wait(lambda: browser.value("!!document.querySelector('#curve .line')"), "a curve of the column with the focus")
    for field in range(min(8, browser.value("document.querySelectorAll('.field').length"))):
        named = browser.value(
            f"[...document.querySelectorAll('.field')[{field}].querySelectorAll('input,select')].every(x => x.labels?.length || x.ariaLabel)")
        check(named, f"field {field} has a control without a name")


# How far what is drawn ends above the end of its place.
EMPTY_BELOW = """(() => {
  const place = document.querySelector('#curve').getBoundingClientRect();
  const parts = [...document.querySelectorAll('#curve svg > *')].map(part => part.getBoundingClientRect().bottom);
  return place.bottom - Math.max(...parts);
})()"""


def look(browser, folder):
    for width in (380, 800, 1400):
        for scheme in ("light", "dark"):
            browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            time.sleep(0.4)
            wide = browser.value("document.documentElement.scrollWidth")
            check(wide <= width, f"it is {wide} pixels wide in a window of {width}")
            empty = browser.value(EMPTY_BELOW)
            check(-1 <= empty < 40, f"the curve leaves {empty} pixels empty below in a window of {width}")
            if folder:
                height = browser.value("document.documentElement.scrollHeight")
                picture = browser.call(
                    "Page.captureScreenshot", captureBeyondViewport=True,
                    clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})
                with open(os.path.join(folder, f"page-{width}-{scheme}.png"), "wb") as file:
                    file.write(base64.b64decode(picture["data"]))


def judge(browser, address):
    requests = 0
    for event in browser.events:
        parameters = event.get("params", {})
        if event["method"] == "Network.requestWillBeSent":
            url = parameters["request"]["url"]
            requests += 1
            check(url.startswith((address, "data:")), f"it requests {url}")
        if event["method"] == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            raise SystemExit(f"the page: {parameters['entry']['text']}")
        if event["method"] == "Runtime.exceptionThrown":
            raise SystemExit(f"the page: {parameters['exceptionDetails']}")
        if event["method"] == "Runtime.consoleAPICalled":
            raise SystemExit(f"the page: the console has {parameters['args']}")
    return requests


def main():
    address = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            use(browser, address)
            look(browser, folder)
            requests = judge(browser, address)
        finally:
            browser.close()
        time.sleep(0.2)
    print(f"the page works by keyboard and slider: {requests} requests, all to the server, and no word in the console")


if __name__ == "__main__":
    main()
