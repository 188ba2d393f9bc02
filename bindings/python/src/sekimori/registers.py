"""Registers (台帳) that are kept as workbooks: the first sheet of an .xlsx file as CSV, for `sekimori register`.

    python -m sekimori.registers 職員名簿.xlsx > people.csv

Needs openpyxl. Nothing is interpreted here: what a cell means is for `sekimori register` to say.
"""

import csv
import datetime
import io
import os
import re
import sys
from typing import Any

__all__ = ["from_xlsx"]


def from_xlsx(path: "str | os.PathLike[str]") -> bytes:
    """The first sheet as CSV in UTF-8. Days and moments as ISO has them, numbers as their format shows leading zeros, all else as it stands.

    Raises ValueError, with the cell's name, where a cell holds an error, a formula that was never calculated or a duration.
    """
    import openpyxl  # type: ignore[import-untyped]

    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    if not values.worksheets:
        raise ValueError(f"{os.fspath(path)}: the workbook has no sheet of cells")
    rows: list[list[str]] = []
    for shown, written in zip(values.worksheets[0].iter_rows(), formulas.worksheets[0].iter_rows()):
        rows.append([_text(cell, formula) for cell, formula in zip(shown, written)])
    while rows and not any(rows[-1]):
        rows.pop()
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def _text(cell: Any, written: Any) -> str:
    value = cell.value
    if value is None:
        if written.data_type == "f":
            raise ValueError(f"cell {cell.coordinate}: the formula was never calculated: open the workbook in a spreadsheet and save it")
        return ""
    if cell.data_type == "e":
        raise ValueError(f"cell {cell.coordinate}: the cell holds an error")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        moment = value.isoformat(timespec="seconds")
        return moment.removesuffix("T00:00:00")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (datetime.time, datetime.timedelta)):
        raise ValueError(f"cell {cell.coordinate}: a time without a day")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0{2,}", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m sekimori.registers FILE.xlsx > FILE.csv", file=sys.stderr)
        return 2
    try:
        made = from_xlsx(arguments[0])
    except ImportError:
        print("sekimori.registers: openpyxl is missing: python -m pip install openpyxl", file=sys.stderr)
        return 2
    except Exception as problem:  # openpyxl raises what zip files and XML raise, too
        print(f"sekimori.registers: {arguments[0]}: {problem}", file=sys.stderr)
        return 3
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
