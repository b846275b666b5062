"""Programs as processes: sessions that answer over a pipe, and runs from start to end."""
import os
import re
import subprocess
import tempfile
import time


class Failure(Exception):
    """What stops the comparison."""


class Session:
    """A process that reads lines, and answers when it is asked to."""

    def __init__(self, name, command):
        self.name = name
        self.complaints = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, bufsize=0)

    def time(self, text, end=None):
        """The seconds until the last line of the answer is `end`, or until there is a line; and the answer."""
        ending = b"\n" if end is None else b"\n" + end.encode() + b"\n"
        answer = b"\n"
        start = time.perf_counter()
        try:
            self._write(text.encode())
            while True:
                piece = os.read(self.process.stdout.fileno(), 1 << 20)
                if not piece:
                    raise self._failure()
                answer = answer[-64:] + piece if len(answer) > 1 << 20 else answer + piece
                if answer.endswith(ending):
                    return time.perf_counter() - start, answer.decode().strip()
        except BrokenPipeError:
            raise self._failure() from None

    def _write(self, data):
        view = memoryview(data)
        while view:
            view = view[self.process.stdin.write(view):]

    def peak_memory(self):
        """The most bytes that the process had in memory until now; None where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/status") as status:
                found = re.search(r"VmHWM:\s*(\d+) kB", status.read())
        except OSError:
            return None
        return int(found.group(1)) * 1024 if found else None

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def _failure(self):
        status = self.process.wait()
        self.complaints.seek(0)
        return Failure(f"{self.name} stopped with status {status}:\n{self.complaints.read().decode()}")


class Grad(Session):
    """A session of grad, with `size` and `rounds` bound for the programs."""

    def __init__(self, binary, size=1, rounds=1):
        super().__init__("grad", [binary])
        self.time_text(f"plain size = {size}; plain rounds = {rounds}\n")

    def time_text(self, text):
        """The seconds that a text takes, and what it shows."""
        seconds, answer = self.time(text + 'print "."\n', ".")
        return seconds, answer[:-1].strip()


class Yardstick(Session):
    """A program that answers "work size rounds" with a number."""

    def time_work(self, work, size, rounds):
        return self.time(f"{work} {size} {rounds}\n")


def run_time(command, status=0, input_file=os.devnull):
    """The seconds from start to end of a process, whose output is thrown away."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, input_file, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, ended = os.waitpid(child, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(ended) != status:
        raise Failure(f"{' '.join(command)} failed")
    return seconds
