"""A real browser for tests: Debian's chromium, spoken to in its own protocol over a pipe, so that nothing else has to be installed.

Entry points: find, Browser. Knows nothing of Sekimori's pages."""

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60   # seconds until a browser that does not answer is a failure


def find():
    """The browser's program; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with one page. `errors` lists what its console had to complain of since the page was opened."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_read, self.to = os.pipe()
        self.of, theirs_write = os.pipe()

        def hand_over():
            # The protocol's pipe is descriptors 3 and 4 of the browser; copies first, or one could overwrite the other.
            reading, writing = os.dup(theirs_read), os.dup(theirs_write)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        # Its sandbox needs rights that a container seldom has; what it is shown is what the command under test has written.
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
             "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir=" + self.profile.name],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=hand_over)
        os.close(theirs_read)
        os.close(theirs_write)
        self.numbers, self.read, self.errors, self.loaded = itertools.count(1), b"", [], set()
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(domain + ".enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    session = None

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        os.close(self.to)
        os.close(self.of)
        self.profile.cleanup()

    def message(self, until):
        while b"\0" not in self.read:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.of], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self.of, 1 << 20)
            if not more:
                raise ConnectionError(f"the browser ended with {self.process.wait()}")
            self.read += more
        text, self.read = self.read.split(b"\0", 1)
        made = json.loads(text)
        method, told = made.get("method"), made.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.errors.append(told["exceptionDetails"].get("exception", {}).get("description", told["exceptionDetails"]["text"]))
        elif method == "Runtime.consoleAPICalled":
            self.errors.append(told["type"] + ": " + " ".join(str(one.get("value", one.get("description"))) for one in told["args"]))
        elif method == "Log.entryAdded":
            self.errors.append(told["entry"]["level"] + ": " + told["entry"]["text"])
        elif method == "Page.lifecycleEvent" and told["name"] == "load":
            self.loaded.add(told["loaderId"])
        return made

    def call(self, method, **arguments):
        number, until = next(self.numbers), time.monotonic() + PATIENCE
        request = {"id": number, "method": method, "params": arguments}
        if self.session:
            request["sessionId"] = self.session
        text = json.dumps(request).encode() + b"\0"
        while text:
            text = text[os.write(self.to, text):]
        while True:
            made = self.message(until)
            if made.get("id") == number:
                if "error" in made:
                    raise RuntimeError(f"{method}: {made['error']}")
                return made["result"]

    def resize(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 640)

    def open(self, file, fragment=""):
        """Returns when everything is loaded."""
        self.call("Page.navigate", url="about:blank")   # else another fragment of the same page would load nothing
        self.errors, until = [], time.monotonic() + PATIENCE
        told = self.call("Page.navigate", url=file.resolve().as_uri() + fragment)
        if told.get("errorText"):
            raise RuntimeError(f"{file}: {told['errorText']}")
        while told["loaderId"] not in self.loaded:
            self.message(until)

    def run(self, script):
        """The value of a JavaScript expression in the page, through JSON."""
        made = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in made:
            raise RuntimeError(made["exceptionDetails"]["exception"]["description"])
        return made["result"].get("value")

    def press(self, key):
        number, text = {"Tab": (9, ""), "Enter": (13, "\r")}[key]
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=number, **({"text": text} if text else {}))

    def click(self, selector):
        """Where a person would click: in the middle of what is shown."""
        box = self.run("(e=>{e.scrollIntoView({block:'center'});const r=e.getBoundingClientRect();return [r.x+r.width/2,r.y+r.height/2]})"
                       f"(document.querySelector({json.dumps(selector)}))")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def picture(self, file, whole=False):
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]))

    def print(self, file):
        file.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]))
