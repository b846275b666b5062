"""The works whose memory is measured."""
from Comparison import tools
from Comparison.processes import Grad, Yardstick
from Comparison.works import StatementsRow


def peak(bench, size, *programs):
    """The peak of a session that runs programs."""
    session = Grad(bench.grad, size)
    session.time_text("".join(tools.program(name) for name in programs))
    memory = session.peak_memory()
    session.close()
    return memory


def statements_peak(bench, count):
    """The peak of a session that has run so many statements."""
    session = Grad(bench.grad)
    for _ in range(0, count, 1000):
        session.time_text(StatementsRow.statement * 1000)
    memory = session.peak_memory()
    session.close()
    return memory


def yardstick_peak(bench, work, size):
    if not bench.cpp:
        return None
    session = Yardstick("the yardstick", [bench.cpp])
    session.time_work(work, size, 1)
    memory = session.peak_memory()
    session.close()
    return memory


def available():
    """The bytes that are free for programs; 0 where the system does not tell."""
    try:
        with open("/proc/meminfo") as file:
            return next(int(line.split()[1]) * 1024 for line in file if "MemAvailable" in line)
    except (OSError, StopIteration):
        return 0


def bytes_per(bench, count, nodes_each, measure):
    """The bytes for each of `count` nodes, and how they grow from a quarter to a half to all of them."""
    least = measure(1)
    sizes = [count // nodes_each // k for k in (1, 2, 4)]
    whole, half, quarter = (measure(size) - least for size in sizes)
    return whole / count, [half / quarter, whole / half]


def rows(bench, is_quick):
    """Cells of the table: work, ours, yardstick, ratio, growth, bar, aim, whether they are met."""
    if peak(bench, 1, "founding") is None:
        return []
    result = []

    def ours(size):
        return peak(bench, size, "chain", "chain-swept")

    def add(name, mine, theirs, against, growth, bar=None, aim=None, unit=" B"):
        result.append(dict(name=name, ours=mine, theirs=theirs, against=against, growth=growth, bar=bar,
                           aim=aim, unit=unit))

    count = 10_000_000
    mine, growth = bytes_per(bench, count, 5, ours)
    theirs = None
    if bench.cpp:
        least = yardstick_peak(bench, "chain-swept", 1)
        theirs = (yardstick_peak(bench, "chain-swept", count // 5) - least) / count
    add("memory of a node, 10 million, swept", mine, theirs, "C++ tape", growth, 32, 24)

    if not is_quick and available() > 8e9:
        count = 100_000_000
        mine = (ours(count // 5) - ours(1)) / count
        add("memory of a node, 100 million, swept", mine, None, None, [], 32, 24)

    count = 4_000_000
    mine, growth = bytes_per(bench, count, 1, lambda size: peak(bench, size, "sum-tracked"))
    add("W6 tracked loop, memory an iteration", mine, None, None, growth, 64)

    count = 200_000
    mine, growth = bytes_per(bench, count, 1, lambda size: statements_peak(bench, size))
    add("memory of a statement that has run", mine, None, None, growth)

    steps = 100_000 if is_quick else 1_000_000
    short, long = peak(bench, 1000, "descent"), peak(bench, steps, "descent")
    add(f"descent, peak of {steps:_} steps against 1000".replace("_", " "), long / short, None, None, [],
        1.1, None, " ×")
    return result
