"""Price lists by the thousand, worked out by the program and once more by Python's own decimals: not an öre may differ.

    money.py KATALOG [ROWS [SEED]]

Every row is an article of an offering, with any price, unit, block, period, base fee, included volume and steps; it is called
for in any quantity. Services call for some of them and are shared out among customers. The long form is 100 000 rows.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from report import Report  # noqa: E402

getcontext().prec = 120
A_CATALOGUE = 1_000
CALLS = 4
PERIODS = {"timme": 8760, "dag": 365, "månad": 12, "kvartal": 4, "tertial": 3, "år": 1}
# A unit may be its period in other letters.
TIMES = {"timmar": "timme", "Timme": "timme", "dagar": "dag", "månader": "månad"}
WORDS = ["ingår", "enligt offert", "självkostnad", "utgår", "ej tillämpligt"]
# What the program keeps a figure in: no larger one is worked out.
LARGEST = Decimal(2**96 - 1)
ORE = Decimal("0.01")

CATALOGUE = """organisation: Region Exempel
enhet: Digital service
utgåva: {år: 2027, version: "1", status: utkast, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
kontorstid: {från: "08:00", till: "16:45", dagar_per_år: 260}
"""
CUSTOMERS = [f"kund-{at}" for at in range(12)]


def amount(dice, largest=9):
    """A price as an author may write it, and the figure that it is."""
    digits = dice.choice([0, 0, 0, 1, 2, 2, 2, 3, 4, 6])
    whole = dice.randrange(10 ** dice.randrange(1, largest))
    decimals = "".join(dice.choice("0123456789") for _ in range(digits))
    figure = Decimal(f"{whole}.{decimals or 0}")
    shown = str(whole)
    if dice.random() < 0.4:
        groups = []
        while len(shown) > 3:
            groups.insert(0, shown[-3:])
            shown = shown[:-3]
        shown = dice.choice([" ", "\u00a0", "\u202f"]).join([shown, *groups])
    # Three decimals after a full stop could be thousands: the program asks for a comma.
    mark = "," if digits == 3 else dice.choice(",.")
    sign = dice.choice(["-", "\u2212"]) if dice.random() < 0.05 and figure else ""
    return sign + shown + (mark + decimals if digits else ""), -figure if sign else figure


class Row:
    """An article, how many of it are called for, and what that comes to."""

    def __init__(self, dice, at):
        self.at = at
        self.quantity = dice.choice([1, 2, 3, 7, 10, 99, 100, 101, 1_000, dice.randrange(1, 100_000)])
        self.unit = dice.choice([None, "server", "GB", "timme", "dag", "månad", *TIMES])
        self.period = dice.choice([None, "engång", *PERIODS, *PERIODS])
        self.block = dice.choice([None, None, 1, 10, 100, 1_000])
        self.fee = amount(dice, 7) if dice.random() < 0.2 else None
        self.included = (str(dice.randrange(200)),) if dice.random() < 0.2 else None
        self.steps, self.price = [], None
        if dice.random() < 0.25:
            ends = sorted(dice.sample(range(1, 5_000), dice.randrange(1, 5)))
            self.steps = [(end, amount(dice)) for end in ends]
            if dice.random() < 0.8:
                self.steps.append((None, amount(dice)))
        elif dice.random() < 0.05:
            self.price = (dice.choice(WORDS), None)
        else:
            # Some as large as they may be.
            self.price = amount(dice, 13 if dice.random() < 0.05 else 9)

    def yaml(self):
        keys = [f'artikel: "{self.at}"', "benämning: Artikel"]
        quoted = lambda figure: json.dumps(figure[0], ensure_ascii=False)
        if self.steps:
            step = lambda end, price: "{" + (f"till: {end}, " if end else "") + f"pris: {quoted(price)}}}"
            keys.append("trappa: [" + ", ".join(step(*each) for each in self.steps) + "]")
        else:
            keys.append(f"pris: {quoted(self.price)}")
        for key, value in (("enhet", self.unit), ("per", self.period), ("block", self.block)):
            if value is not None:
                keys.append(f"{key}: {value}")
        if self.fee:
            keys.append(f"grundavgift: {quoted(self.fee)}")
        if self.included:
            keys.append(f'ingående_volym: "{self.included[0]}"')
        return f"  - {{suffix: S{self.at}, priser: [{{{', '.join(keys)}}}]}}\n"

    def figure(self):
        """Kronor a year, and kronor once; `None` where there is no figure, infinite where it has no room."""
        word = self.price[0] if self.price and self.price[1] is None else None
        if word == "ingår" and not self.fee:
            return Decimal(0), None
        units = Decimal(self.quantity)
        if self.included:
            units = max(units - Decimal(self.included[0]), Decimal(0))
        if self.block and self.block > 1:
            units = (units / self.block).to_integral_value(ROUND_CEILING)
        is_volume = self.unit is not None or self.steps or self.included or self.block
        total = Decimal(0)
        if self.fee:
            total += self.fee[1]
        if not (self.fee and units == 0):
            if self.steps:
                below = Decimal(0)
                for end, price in self.steps:
                    upper = min(units, Decimal(end)) if end else units
                    if upper > below:
                        total += (upper - below) * price[1]
                        below = upper
                if below < units:
                    return None, None
            elif word:
                if word != "ingår":
                    return None, None
            else:
                total += self.price[1] * (units if is_volume else 1)
        if self.period is None:
            return None, None
        if self.period == "engång":
            return None, total
        yearly = total * (1 if TIMES.get(self.unit, self.unit) == self.period else PERIODS[self.period])
        # A sum that it belongs in is as large.
        return (Decimal("Infinity"), None) if abs(yearly) > LARGEST or abs(total) > LARGEST else (yearly, None)


def shares(dice):
    """Percentages that make 100, as they are written and as they are."""
    scale = 10 ** dice.choice([0, 0, 1, 2, 4])
    cuts = sorted(dice.randrange(100 * scale + 1) for _ in range(dice.randrange(0, 11)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100 * scale])]
    return [(Decimal(part) / scale) for part in parts]


def shared(whole, percents):
    """Whole öre: each share is rounded down, and what is left goes to those that lost most, the first of equals first."""
    exact = [abs(whole) * percent / 100 for percent in percents]
    parts = [part.quantize(ORE, ROUND_DOWN) for part in exact]
    left = int((abs(whole) - sum(parts)) / ORE)
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[:left]:
        parts[at] += ORE
    return [part.copy_sign(whole) if part else part for part in parts]


def same(told, wanted):
    return (None if told is None else Decimal(told)) == (wanted if wanted is None or wanted.is_finite() else None)


def catalogue(report, katalog, dice, count, name):
    rows = [Row(dice, at) for at in range(count)]
    services = {}
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        content.mkdir()
        (content / "katalog.yaml").write_text(CATALOGUE)
        (content / "kunder.yaml").write_text("".join(f"- {{id: {id}, namn: {id}}}\n" for id in CUSTOMERS))
        (content / "stodjande-tjanster").mkdir()
        (content / "stodjande-tjanster/utbud.yaml").write_text(
            "namn: Utbud\nklass: teknisk\nerbjudanden:\n" + "".join(row.yaml() for row in rows))
        text = ""
        for first in range(0, count, CALLS):
            called, percents = rows[first:first + CALLS], shares(dice)
            services[f"tjanst-{first}"] = called, percents
            calls = ", ".join(f"{{erbjudande: utbud.s{row.at}, antal: {row.quantity}}}" for row in called)
            parts = ", ".join(f'{{kund: {id}, andel: "{str(part).replace(".", ",")}"}}' for id, part in zip(CUSTOMERS, percents))
            text += (f"- {{id: tjanst-{first}, namn: Tjänst {first}, ola: {{avrop: [{calls}]}}, "
                     f"kostnad: {{fördelning: [{parts}]}}}}\n")
        (content / "tjanster.yaml").write_text(text)
        run = subprocess.run([os.path.abspath(katalog), "build", "--format", "json"], cwd=folder, capture_output=True, text=True)
        if run.returncode != 0:
            report.check(f"{name} builds", [line for line in run.stderr.splitlines() if ": fel[" in line][:5] or [run.stderr[-500:]])
            return
        data = json.loads((Path(folder) / "output/json/katalog-2027.json").read_text())
    faults = []
    for service in data["services"]:
        called, percents = services[service["id"]]
        cost = service["cost_derivation"]
        yearly = []
        for row, call in zip(called, cost["calls"], strict=True):
            year, once = row.figure()
            if not same(call.get("amount"), year) or not same(call.get("once"), once):
                faults.append(f"{row.quantity} × {row.yaml().strip()}: {call}, not {year} or once {once}")
            yearly += [year] if year is not None else []
        total = sum(yearly, Decimal(0))
        known = total if yearly and abs(total) * 100 <= LARGEST else None
        established = None if known is None else known.quantize(ORE, ROUND_HALF_UP)
        if not same(cost.get("established"), established):
            faults.append(f"{service['id']}: {cost.get('established')}, not {established}")
        parts = shared(established, percents) if established is not None else [None] * len(percents)
        for part, wanted in zip(cost["shares"], parts, strict=True):
            if not same(part.get("amount"), wanted):
                faults.append(f"{service['id']}: {part} of {established}, not {wanted}")
    report.check(name, faults)


def main():
    katalog, rows, seed = sys.argv[1], int((sys.argv[2:] or ["2000"])[0]), int((sys.argv[3:] or ["1"])[0])
    dice, report = random.Random(seed), Report("money")
    for first in range(0, rows, A_CATALOGUE):
        catalogue(report, katalog, dice, min(A_CATALOGUE, rows - first), f"rows from {first} of seed {seed}")
    return report.finish()


sys.exit(main())
