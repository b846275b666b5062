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

MEASURED = {
    "W1": [("LuaJIT", 1.02 / 1.18), ("micrograd", 14.1 / 1.18), ("JAX", 933 / 1.18)],
    "W2": [("CoDiPack", 2.95 / 3.3), ("Adept", 4.75 / 3.3), ("micrograd", 20000 / 3.3)],
    "W2r": [("CppAD", 5.7 / 4.3), ("CasADi", 8.5 / 4.3)],
    "W3b": [("CoDiPack", 6.7 / 10.2), ("JAX", 6.3 / 10.2), ("CasADi", 8.6 / 10.2)],
    "W5": [("JAX", 117 / 148), ("torch", 1275 / 148), ("CoDiPack", 2950 / 148)],
    "W6": [("LuaJIT's interpreter", 3.9 / 5.8), ("Python", 47 / 5.8)],
    "W6t": [("Python", 93 / 40)],
    "W7": [("HIPS autograd", 1270 / 15.3), ("JAX", 1520 / 15.3)],
}


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
        elsewhere = [
            (name, ratio) for name, ratio in MEASURED.get(key, [])
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
