"""The table as Markdown."""
import statistics

from Comparison.peers import number, slowness

HEAD = ["work", "ours", "yardstick", "ratio", "growth", "peers' ratios", "bar", "aim", "met"]


def figure(value):
    """A number with three digits."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def met(value, bar, aim):
    if bar is None and aim is None:
        return ""
    if aim is not None and value <= aim:
        return "aim"
    if bar is not None and value <= bar:
        return "bar" if aim is not None else "yes"
    return "**no**"


def timed(row, peers):
    """The cells of a work that was timed."""
    ours = statistics.median(row.ours)
    theirs = statistics.median(row.theirs) if row.theirs else None
    mine = row.scaled(ours)
    ratio = statistics.median(a / b for a, b in zip(row.ours, row.theirs)) if theirs else None
    unit = row.unit[0] + (f"/{row.per}" if row.per else "")

    slower = slowness(row.key, row.scaled(theirs) if theirs else None)

    def limit(absolute, times):
        """What ours may be here."""
        if absolute is not None:
            return absolute * slower if slower else absolute
        return times * mine / ratio if times is not None and ratio else None

    def limit_text(absolute, times):
        if absolute is not None:
            return f"{absolute:g}" + (f" ({figure(limit(absolute, times))})" if slower else "")
        return f"{times:g} × {row.against}" if times is not None else ""

    medians = [statistics.median(samples) for samples in row.samples.values()]
    growth = [after / before for before, after in zip(medians, medians[1:])]
    return [
        row.name, f"{figure(mine)} {unit} ({figure(row.scaled(min(row.ours)))})",
        f"{figure(row.scaled(theirs))} {row.against}" if theirs else "–",
        figure(ratio) if ratio else "–",
        growths(growth, row.growth), peers.text(row.key) or "–",
        limit_text(row.bar, row.bar_ratio), limit_text(row.aim, row.aim_ratio),
        met(mine, limit(row.bar, row.bar_ratio), limit(row.aim, row.aim_ratio)),
    ]


def growths(ratios, expected=2):
    text = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    return text + (f" (of {expected})" if ratios and expected != 2 else "")


def remembered(row):
    """The cells of a work whose memory was measured."""
    ratio = row["ours"] / row["theirs"] if row["theirs"] else None
    return [
        row["name"], figure(row["ours"]) + row["unit"],
        f"{figure(row['theirs'])} {row['against']}" if row["theirs"] else "–",
        f"{ratio:.2f}" if ratio else "–", growths(row["growth"]), "–",
        f"{row['bar']:g}" if row["bar"] else "", f"{row['aim']:g}" if row["aim"] else "",
        met(row["ours"], row["bar"], row["aim"]),
    ]


def markdown(rows, caption):
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n\n" + caption + "\n"
