"""The works: what is measured, in what unit, and what it must reach."""
from Comparison import tools
from Comparison.processes import Failure, Grad, run_time

MILLISECONDS = ("ms", 1e3)
NANOSECONDS = ("ns", 1e9)


class Row:
    """A work as a row of the table; a subclass says how it is run once.

    `size` is what the figures are of; it and `sizes`, each twice the one before, tell how time grows.
    """

    def __init__(self, key, name, unit, size=1, sizes=(), growth=2, count=1, per="", bar=None, aim=None,
                 bar_ratio=None, aim_ratio=None, against=None, repeats=None, burst=1):
        self.key, self.name, self.unit, self.count, self.per = key, name, unit, count, per
        self.bar, self.aim, self.bar_ratio, self.aim_ratio = bar, aim, bar_ratio, aim_ratio
        self.against = against  # what the yardstick is, in words
        self.repeats = repeats  # how many samples at most
        self.burst = burst  # how many samples a round
        self.size, self.growth = size, growth
        self.samples = {each: [] for each in sorted([size, *sizes])}  # seconds
        self.theirs = []

    @property
    def ours(self):
        return self.samples[self.size]

    def begin(self, bench):
        """Makes ready what the samples need."""

    def run(self, size):
        """The seconds of ours."""

    def run_yardstick(self):
        """The seconds of the yardstick; None without one."""

    def sample(self):
        """Takes a sample of ours, at all sizes, and of the yardstick."""
        for _ in range(self.burst):
            for size, samples in self.samples.items():
                samples.append(self.run(size))
                if size == self.size and (seconds := self.run_yardstick()):
                    self.theirs.append(seconds)

    def end(self):
        """Gives back what was made ready."""

    def scaled(self, seconds):
        return seconds * self.unit[1] / self.count


class SessionRow(Row):
    """A program in a session that has run others before."""

    def __init__(self, key, name, unit, set_up, program, size, rounds=1, sizes=(), yardstick=None,
                 result="L", warming=2, **rest):
        super().__init__(key, name, unit, size, sizes, **rest)
        self.set_up, self.program, self.rounds, self.result = set_up, program, rounds, result
        self.yardstick, self.warming = yardstick, warming

    def begin(self, bench):
        self.text = tools.program(self.program) if self.program else self.key + " L\n"
        self.sessions = {size: self._session(bench, size) for size in self.samples}
        self.other = bench.yardstick(self.yardstick)
        if self.other:
            self._compare(self.other.time_work(self.program, self.size, self.rounds)[1])

    def _session(self, bench, size):
        session = Grad(bench.grad, size, self.rounds)
        session.time_text("".join(tools.program(name) for name in self.set_up) + "\n")
        for _ in range(self.warming):  # the memory that it needs has been used once
            session.time_text(self.text)
        return session

    def _compare(self, theirs):
        """Both must have computed the same."""
        _, ours = self.sessions[self.size].time_text(f"print {self.result}\n")
        if abs(float(ours) - float(theirs)) > 1e-5 * abs(float(theirs)):
            raise Failure(f"{self.name}: our result is {ours}, the yardstick's {theirs}")

    def run(self, size):
        return self.sessions[size].time_text(self.text)[0]

    def run_yardstick(self):
        return self.other.time_work(self.program, self.size, self.rounds)[0] if self.other else None

    def end(self):
        for session in self.sessions.values():
            session.close()


class ProcessRow(Row):
    """A process from start to end; `make` gives the commands of ours and of the yardstick for a size."""

    def __init__(self, key, name, unit, make, **rest):
        super().__init__(key, name, unit, **rest)
        self.make = make

    def begin(self, bench):
        commands = {size: self.make(bench, size) for size in self.samples}
        self.commands = {size: ours for size, (ours, _) in commands.items()}
        self.other = commands[self.size][1]

    def run(self, size):
        return run_time(**self.commands[size])

    def run_yardstick(self):
        return run_time(**self.other) if self.other else None


class StatementsRow(Row):
    """Statements through a pipe, each of which runs before the next is awaited."""

    statement = "y = 3*2^2 - 4*2 + 5\n"

    def begin(self, bench):
        self.session = Grad(bench.grad)
        self.other = bench.yardstick("lua")

    def run(self, size):
        return self.session.time_text(self.statement * size)[0]

    def run_yardstick(self):
        if not self.other:
            return None
        return self.other.time(("=" + self.statement) * self.size + "sum-run 1 1\n", "0.5")[0]

    def end(self):
        self.session.close()


def lua(*arguments):
    return dict(command=[tools.LUA, *arguments]) if tools.LUA else None


def grad(bench, *arguments, **rest):
    return dict(command=[bench.grad, *arguments], **rest)


def founding(bench, _):
    return grad(bench, tools.program_file("founding")), lua(tools.yardstick_file("founding.lua"))


def sum_of_two(bench, _):
    return grad(bench, "-e", "1+1"), lua("-e", "print(1+1)")


def training(bench, _):
    size = bench.file("size.grad", "plain size = 1; plain rounds = 1000\n")
    files = [tools.program_file(name) for name in ("matrices", "matrices-trained")]
    other = dict(command=[bench.cpp, "matrices-trained", "1", "1000"]) if bench.cpp else None
    return grad(bench, size, *files), other


def compiling(bench, lines):
    path = bench.file(f"{lines}.grad", tools.long_function(lines))
    other = lua(bench.file(f"{lines}.lua", tools.long_function(lines, language="lua"))) if tools.LUA else None
    return grad(bench, path), other


def parsing(bench, lines):
    """A mistake at the end: nothing is compiled."""
    path = bench.file(f"{lines}-wrong.grad", tools.long_function(lines) + "x = = 1\n")
    return grad(bench, path, status=1), None


def piping(bench, lines):
    return grad(bench, input_file=bench.file(f"{lines}.grad", tools.long_function(lines))), None


def network(key, name, program, bar, aim, against, rounds):
    return SessionRow(
        key, name, NANOSECONDS, ["network"], program, 100, rounds, (200, 400), "cpp", warming=6,
        count=rounds * 65_111, per="node", bar=bar, aim=aim, against=against)


def product(name, program, size, rounds, sizes=()):
    return SessionRow(
        f"{program}-{size}", f"{name}, {size} × {size}", MILLISECONDS, ["product"], program, size, rounds,
        sizes, "cpp", growth=8, count=rounds, against="C++ loops", repeats=5 if size > 500 else None)


def looking(command):
    return SessionRow(
        command, f"`{command} L`, 100 000 nodes", MILLISECONDS, ["chain", "chain-swept"], None, 20_000,
        sizes=(40_000, 80_000), repeats=5, warming=1)


def lines(key, name, make, **rest):
    return ProcessRow(key, f"100 000 lines, {name}", MILLISECONDS, make, size=100_000,
                      sizes=(200_000, 400_000), repeats=5, **rest)


def rows():
    """All works that are timed, in the order of the table."""
    return [
        ProcessRow("W1", "W1 founding lines, whole process", MILLISECONDS, founding, bar=3,
                   aim_ratio=1.5, against="Lua", burst=10),
        ProcessRow("start", "`-e '1+1'`, whole process", MILLISECONDS, sum_of_two, bar_ratio=2,
                   against="Lua", burst=10),
        network("W2", "W2 network, recorded anew", "network-recorded", 10, 6, "C++ tape", 100),
        network("W2r", "W2 network, replayed", "network-replayed", 4.5, 1, "C++ switch", 200),
        SessionRow("W3b", "W3b chain of a million steps", NANOSECONDS, ["chain"], "chain-swept", 1_000_000,
                   3, (250_000, 500_000), "cpp", count=15_000_000, per="node", bar=12, aim=7,
                   against="C++ tape"),
        SessionRow("W5", "W5 Rosenbrock, 100 000 numbers", MILLISECONDS, ["rosenbrock"],
                   "rosenbrock-swept", 100_000, 50, (200_000, 400_000), "cpp", count=50, bar=1, aim=0.12,
                   against="C++ loops"),
        SessionRow("W6", "W6 plain loop in a function", NANOSECONDS, ["sum"], "sum-run", 10_000_000,
                   sizes=(20_000_000, 40_000_000), yardstick="lua", result="t", count=10_000_000,
                   per="iteration", bar=8, aim=4, against="Lua, local"),
        SessionRow("W6t", "W6 tracked loop at top level", NANOSECONDS, [], "sum-tracked", 1_000_000,
                   sizes=(2_000_000, 4_000_000), yardstick="lua", result="s", warming=20, count=1_000_000,
                   per="iteration", bar=20, against="Lua, global", burst=5),
        ProcessRow("W7", "W7 1000 training steps, whole process", MILLISECONDS, training, bar=150, aim=50,
                   against="C++ loops"),
        product("matrix product", "product-forward", 64, 200),
        product("matrix product", "product-forward", 256, 10),
        product("matrix product", "product-forward", 1000, 1, (250, 500)),
        product("its sweep", "product-backward", 64, 100),
        product("its sweep", "product-backward", 256, 5),
        product("its sweep", "product-backward", 1000, 1, (250, 500)),
        StatementsRow("statements", "a statement through a pipe", NANOSECONDS, size=5000,
                      sizes=(10_000, 20_000), count=5000, per="statement", against="Lua, `load`"),
        lines("parsed", "parsed only", parsing),
        lines("compiled", "compiled", compiling, against="Lua"),
        lines("piped", "through a pipe", piping),
        looking("show"), looking("graph"), looking("explain"),
    ]
