#!/usr/bin/env python3
"""Opens a page made by `graph L to "L.html"` in headless Chromium, steps through it, prints what it shows.

    check-page.py L.html                      JSON: {"steps", "nodes", "text"} at the last step
    check-page.py L.html --texts              also what every step says
    check-page.py L.html --screenshot L.png --step 7 --width 360 --height 740 --dark

Exit status 0: the page opened, asked for no other file, reported no error, and every step said something;
1: it did not; 2: there is no Chromium (`apt-get install chromium`). Needs Python's standard library only:
it speaks the DevTools protocol over a pipe.
"""

import argparse
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time


class Failure(Exception):
    """The page is not as it must be."""


class Browser:
    """A headless Chromium with one page, driven over file descriptors 3 and 4."""

    def __init__(self, program, folder):
        down_read, self.down = os.pipe()
        self.up, up_write = os.pipe()
        arguments = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"]
        # The shell gives the pipes the numbers that Chromium expects.
        shell = ["sh", "-c", f'exec "$@" 3<&{down_read} 4>&{up_write}', "sh"]
        self.process = subprocess.Popen(
            shell + arguments, pass_fds=(down_read, up_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(down_read)
        os.close(up_write)
        self.rest, self.last_id, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def receive(self, deadline):
        """The next message; messages end with a NUL."""
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.up], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise Failure("the browser does not answer")
            part = os.read(self.up, 1 << 16)
            if not part:
                raise Failure("the browser has ended")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, timeout=60, **parameters):
        """Sends a command, gives its result; events that come before it are kept."""
        self.last_id += 1
        command = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.down, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(deadline)
            if message.get("id") == self.last_id:
                if "error" in message:
                    raise Failure(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait(self, event, timeout=60):
        deadline = time.monotonic() + timeout
        while not any(each.get("method") == event for each in self.events):
            self.events.append(self.receive(deadline))

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failure(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def complaints(self, page):
        """Errors on the console, exceptions, and requests for anything but the page itself."""
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                details = parameters["exceptionDetails"]
                yield details.get("exception", {}).get("description", details["text"])
            elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert", "warning"):
                yield " ".join(str(each.get("value", each.get("description"))) for each in parameters["args"])
            elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                yield parameters["entry"]["text"]
            elif method == "Network.requestWillBeSent":
                url = parameters["request"]["url"].split("#")[0]
                if url not in (page, "about:blank") and not url.startswith("data:"):
                    yield f"the page asked for {url}"

    def close(self):
        try:
            self.session = None
            self.call("Browser.close", timeout=5)
            self.process.wait(5)
        except (Failure, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.down)
        os.close(self.up)


def expect(condition, message):
    if not condition:
        raise Failure(message)


def check_keys(browser, steps):
    """Home, End and the arrows go where they should."""
    def shown():
        return browser.evaluate("gradPage.text()")
    browser.press("Home")
    expect(shown().startswith(f"Step 0 of {steps}"), "Home does not go to the start")
    browser.press("ArrowRight")
    expect(shown().startswith(f"Step {min(1, steps)} of"), "the right arrow does not go one step")
    browser.press("ArrowLeft")
    expect(shown().startswith("Step 0 of"), "the left arrow does not go back")
    browser.press("End")
    expect(shown().startswith(f"Step {steps} of"), "End does not go to the end")


def check(browser, url, options):
    """Opens the page, walks through it, gives what it shows."""
    browser.call("Emulation.setDeviceMetricsOverride", width=options.width, height=options.height,
                 deviceScaleFactor=options.scale, mobile=options.width < 600)
    scheme = "dark" if options.dark else "light"
    browser.call("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}])
    browser.call("Page.navigate", url=url)
    browser.wait("Page.loadEventFired")
    expect(browser.evaluate("typeof window.gradPage === 'object'"), "the page's script did not run to its end")
    steps = browser.evaluate("gradPage.steps")
    check_keys(browser, steps)
    texts = []
    while len(texts) <= steps:  # some at a time: large graphs take a while
        texts += browser.evaluate(
            f"Array.from({{ length: {min(200, steps + 1 - len(texts))} }}, (_, i) => {{"
            f" gradPage.go({len(texts)} + i); return gradPage.text(); }})")
    for k, text in enumerate(texts):
        expect(text.strip(), f"step {k} says nothing")
        expect("undefined" not in text and "[object" not in text, f"step {k} says: {text}")
    width = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    expect(width <= 0, f"the page is {width} pixels wider than its window")
    result = {"steps": steps, "nodes": browser.evaluate("gradPage.nodes()"), "text": texts[-1]}
    if options.texts:
        result["texts"] = texts
    if options.before:
        browser.evaluate(options.before)
    if options.step is not None:
        browser.evaluate(f"gradPage.go({options.step})")
    if options.screenshot:
        browser.evaluate("new Promise((done) => setTimeout(done, 400))")
        picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=options.whole)
        pathlib.Path(options.screenshot).write_bytes(base64.b64decode(picture["data"]))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--texts", action="store_true", help="print what every step says")
    parser.add_argument("--screenshot", help="write a picture of the page")
    parser.add_argument("--whole", action="store_true", help="a picture of the page below the window, too")
    parser.add_argument("--step", type=int, help="the step to be seen on the picture (default: the last)")
    parser.add_argument("--before", help="JavaScript to run before the picture")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=800)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--browser", help="the browser's program")
    options = parser.parse_args()
    program = options.browser or shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if not program:
        print("check-page: no Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    url = options.page.resolve(strict=True).as_uri()
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(program, folder)
        try:
            result = check(browser, url, options)
            complaints = list(browser.complaints(url))
            expect(not complaints, "the page must not complain")
        except Failure as failure:
            for complaint in browser.complaints(url):
                print(f"check-page: {complaint}", file=sys.stderr)
            print(f"check-page: {failure}", file=sys.stderr)
            return 1
        finally:
            browser.close()
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
