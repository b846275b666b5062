"""What other systems take for the same work, as a ratio to the yardstick.

The figures were measured once, on a quiet machine, beside yardsticks of the same design (a tape of 24 bytes
an entry, a recorded graph under a switch, loops by hand); so the ratios can be compared, not the times.
"""
import os
import shutil
import statistics
import subprocess

from Comparison import tools
from Comparison.processes import Failure, run_time

# By the key of a work, in its row's unit: what the yardstick took there, and what the peers.
MEASURED = {
    "W1": (1.18, [("LuaJIT", 1.02), ("micrograd", 14.1), ("JAX", 933)]),
    "W2": (3.3, [("CoDiPack", 2.95), ("Adept", 4.75), ("micrograd", 20000)]),
    "W2r": (4.3, [("CppAD", 5.7), ("CasADi", 8.5)]),
    "W3b": (10.2, [("CoDiPack", 6.7), ("JAX", 6.3), ("CasADi", 8.6)]),
    "W5": (0.148, [("JAX", 0.117), ("torch", 1.275), ("CoDiPack", 2.95)]),
    "W6": (5.8, [("LuaJIT's interpreter", 3.9), ("Python", 47)]),
    "W7": (15.3, [("HIPS autograd", 1270), ("JAX", 1520)]),
}


def slowness(key, yardstick):
    """How many times as long the yardstick takes here as where the peers were measured; None if not known."""
    return yardstick / MEASURED[key][0] if key in MEASURED and yardstick else None


class Peers:
    """The peers' programs that can be run here, from a folder with `scripts`, `py` and `cpp`."""

    def __init__(self, folder, bench):
        self.found = {}  # by the key of the work, names and ratios
        self.commands = []  # key of the work, name, command; timed from start to end
        if not folder:
            return
        if not os.path.isdir(os.path.join(folder, "scripts")):
            raise Failure(f"{folder} has no folder `scripts` with the peers' programs")
        self.scripts = os.path.join(folder, "scripts")
        self.python = os.environ.get("PYTHON", "python3")
        self._find_processes(folder, bench)

    def _find_processes(self, folder, bench):
        if shutil.which("luajit"):
            self.commands.append(("W1", "LuaJIT", ["luajit", self._script("w1.lua")]))
        for library in ("micrograd", "casadi", "autograd", "jax"):
            if self._imports(library):
                self.commands.append(("W1", library, [self.python, self._script("w1.py"), library]))
        libraries = [name for name in ("autograd", "jax") if bench.cpp and self._imports(name)]
        if libraries:
            self._build_data(folder, bench)
        for library in libraries:
            self.commands.append(("W7", library, [self.python, self._script("w7.py"), library]))

    def _build_data(self, folder, bench):
        """The shared library with the data that the peers' programs read."""
        library = bench.path("libpeers.so")
        source = os.path.join(folder, "cpp", "hand_so.cpp")
        tools.call([tools.compiler(), *tools.CPP_OPTIONS, "-pthread", "-shared", "-fPIC", source, "-o", library])
        os.environ["PEERS_SO"] = library

    def measure(self, rows):
        """Runs what there is, three times each, and the yardstick in turn; its ratio to it."""
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        for key, name, command in self.commands:
            row = next((row for row in rows if row.key == key), None)
            if row is None or not row.other:
                continue
            ratio = statistics.median(run_time(command) / row.run_yardstick() for _ in range(3))
            self.found.setdefault(key, []).append((name, ratio))

    def text(self, key):
        """`CoDiPack 0.89, Adept 1.4`; what was run here is marked with a star."""
        here = self.found.get(key, [])
        names = [name.lower() for name, _ in here]
        yardstick, figures = MEASURED.get(key, (1, []))
        elsewhere = [
            (name, figure / yardstick) for name, figure in figures
            if not any(known in name.lower() for known in names)]
        cells = [f"{name}* {number(ratio)}" for name, ratio in here]
        cells += [f"{name} {number(ratio)}" for name, ratio in elsewhere]
        return ", ".join(cells)

    def _script(self, name):
        return os.path.join(self.scripts, name)

    def _imports(self, library):
        if not shutil.which(self.python):
            return False
        command = [self.python, "-c", f"import {library}"]
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def number(ratio):
    """A ratio with two digits, and without an exponent."""
    return f"{ratio:.2g}" if ratio < 100 else f"{ratio:.0f}"
