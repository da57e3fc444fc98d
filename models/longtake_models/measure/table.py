"""Rows of any number of files as one Markdown table."""

from collections.abc import Sequence

from .rows import NAMES, Row

HEAD = ("model", "stage", "engine", "graphs", "batch", "ms a step", "10-90 %", "TFLOP", "TFLOP/s", "floor ms", "of the rate")


def rate(rows: Sequence[Row]) -> float | None:
    """The best measured rate in FLOP a millisecond on the device of most rows, None where no product was measured."""
    best = [row["flop"] / row["medianMs"] for row in rows if row["model"] == "gemm" and row["stage"] == "large"]
    return max(best, default=None)


def markdown(rows: Sequence[Row]) -> str:
    """One line a row; where a product was measured, what the step would take at that rate and how much of it is reached."""
    lines = []
    for device in dict.fromkeys(row["device"] for row in rows):
        mine = [row for row in rows if row["device"] == device]
        fastest = rate(mine)
        # The Java rows know no FLOPs: they are the network's, whoever runs it.
        works = {(row["model"], row["stage"], row["batch"]): row["flop"] for row in mine if row.get("flop")}
        lines += [
            device + ("" if fastest is None else f"; large fp16 products: {fastest / 1e9:.0f} TFLOP/s measured"),
            "",
            "| " + " | ".join(HEAD) + " |",
            "|" + "---|" * len(HEAD),
        ]
        for row in sorted(
            mine, key=lambda row: [str(row[n]) if n != "batch" else row[n] for n in NAMES[1:3]] + [row["batch"], row["engine"]]
        ):
            lines.append("| " + " | ".join(cells(row, works.get((row["model"], row["stage"], row["batch"])), fastest)) + " |")
        lines.append("")
    return "\n".join(lines)


def cells(row: Row, work: float | None, fastest: float | None) -> list[str]:
    named = [row["model"], row["stage"], row["engine"], "yes" if row["graphs"] else "no", str(row["batch"])]
    if "failed" in row:
        return named + [row["failed"].splitlines()[0][:80].replace("|", "/")] + ["-"] * 5
    ms = row["medianMs"]
    found = [f"{ms:.3f}", f"{row['lowMs']:.3f}-{row['highMs']:.3f}"]
    if not work:
        return named + found + ["-"] * 4
    found += [f"{work / 1e12:.3f}", f"{work / ms / 1e9:.1f}"]
    return named + found + (["-", "-"] if fastest is None else [f"{work / fastest:.3f}", f"{100 * work / fastest / ms:.0f} %"])
