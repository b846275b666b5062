"""Runs grad on an input and holds what it gets to what is expected."""

import os
import re
import resource
import signal
import subprocess
import tempfile
import threading
import time

# What grad may take for any input that states no bound of its own.
SECONDS = 20
MEGABYTES = 2500
# The address space of a run, so that one that goes wrong does not take the machine with it.
ADDRESSES = 12 << 30


class Case:
    """An input, how it is given, and what it is to get."""

    def __init__(self, name, text=b"", *, ways=("pipe", "file"), arguments=(), status=0, message="",
                 output="", seconds=SECONDS, megabytes=MEGABYTES, limits=None, shell=None,
                 environment=None, signals=(), told=20_000, late=0.3):
        self.name = name
        self._text = text
        self.ways = ways
        self.arguments = list(arguments)
        self.status = status if isinstance(status, tuple) else (status,)
        self.message = message          # a regular expression that standard error has
        self.output = output            # a regular expression that standard output has
        self.seconds = seconds
        self.megabytes = megabytes
        self.limits = limits or {}      # of the process: {"AS": bytes, …}
        self.shell = shell              # a line for sh; $GRAD is the program, $DIR a folder of its own
        self.environment = environment or {}
        self.signals = signals          # (after so many seconds, signal) …
        self.late = late                # the most seconds from a signal to the end
        self.told = told                # the most bytes of messages

    @property
    def text(self):
        text = self._text() if callable(self._text) else self._text
        return text.encode() if isinstance(text, str) else text


class Result:
    """What a run left."""

    def __init__(self, status, output, errors, seconds, megabytes, late=0.0):
        self.status, self.output, self.errors = status, output, errors
        self.seconds, self.megabytes = seconds, megabytes
        self.late = late                # seconds from the last signal to the end

    @property
    def first_message(self):
        """The line of standard error that says what is wrong."""
        lines = self.errors.decode("utf-8", "replace").splitlines()
        for line in lines:
            if re.match(r"(error|warning|note|usage)", line, re.I):
                return line
        return lines[0] if lines else ""

    def ending(self):
        """The exit status as a shell would tell it."""
        if self.status is None:
            return "hangs"
        return signal.Signals(-self.status).name if self.status < 0 else str(self.status)


def run(program, case, way, folder):
    """Runs one case in one way."""
    path = os.path.join(folder, "input.grad")
    text = case.text if way in ("pipe", "file", "e") else b""
    stdin = subprocess.DEVNULL
    if way == "e":
        command = [program, *case.arguments, "-e", text]
    elif way == "file":
        with open(path, "wb") as file:
            file.write(text)
        command = [program, *case.arguments, path]
    elif way == "pipe":
        command = [program, *case.arguments]
        stdin = subprocess.PIPE
    else:
        command = ["sh", "-c", case.shell]
    environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "GRAD": program, "DIR": folder,
                   **case.environment}

    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for name, bound in {"AS": ADDRESSES, **case.limits}.items():
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (bound, bound))

    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdin=stdin, stdout=output, stderr=errors, env=environment, cwd=folder,
            preexec_fn=limit, start_new_session=True)
        if stdin == subprocess.PIPE:
            threading.Thread(target=feed, args=(process.stdin, text), daemon=True).start()
        sent = start
        for after, number in case.signals:
            time.sleep(max(0, start + after - time.monotonic()))
            os.kill(process.pid, number)
            sent = time.monotonic()
        status, usage = wait(process, start + 3 * case.seconds)
        end = time.monotonic()
        results = []
        for stream in (output, errors):
            stream.seek(0)
            results.append(stream.read(1 << 22))
    return Result(status, *results, end - start, usage.ru_maxrss / 1024 if usage else 0, end - sent)


def feed(stream, text):
    try:
        stream.write(text)
        stream.close()
    except OSError:
        pass


def wait(process, deadline):
    """The exit status and what the process took; None for one that had to be ended."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.monotonic() > deadline:
            os.killpg(process.pid, signal.SIGKILL)
            os.wait4(process.pid, 0)
            process.returncode = -9
            return None, None
        time.sleep(0.002)


def faults(case, result):
    """What is not as expected."""
    found = []
    if result.status not in case.status:
        found.append(f"exit status {result.ending()}, not {case.status}")
    errors = result.errors.decode("utf-8", "replace")
    if not re.search(case.message, errors, re.S):
        found.append(f"message lacks /{case.message}/: {errors[:300]!r}")
    output = result.output.decode("utf-8", "replace")
    if not re.search(case.output, output, re.S):
        found.append(f"output lacks /{case.output}/: {output[:100]!r}")
    raw = re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]", result.errors)
    if raw:
        found.append(f"raw control bytes on standard error: {raw.group()!r}")
    if len(result.errors) > case.told:
        found.append(f"{len(result.errors)} bytes of messages")
    if result.seconds > case.seconds:
        found.append(f"{result.seconds:.1f} s, more than {case.seconds}")
    if result.megabytes > case.megabytes:
        found.append(f"{result.megabytes:.0f} MB, more than {case.megabytes}")
    if case.signals and result.late > case.late:
        found.append(f"went on for {result.late:.2f} s after the signal")
    return found
