"""Workbooks become CSV that the command reads."""

import csv
import datetime
import json
import os
import subprocess
import sys

import pytest

openpyxl = pytest.importorskip("openpyxl")

from sekimori.registers import from_xlsx  # noqa: E402


def workbook(tmp_path, rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    book.create_sheet("別の表").append(["読まない"])
    path = tmp_path / "台帳.xlsx"
    book.save(path)
    return path


def rows_of(text):
    return list(csv.reader(text.decode("utf-8").splitlines()))


def test_values_as_they_stand(tmp_path):
    def zeros(sheet):
        sheet["F1"].number_format = "000000"

    path = workbook(tmp_path, [["職員番号", True, 3, 1.5, "００１", 123, None, "a,\"b\""], [datetime.date(2027, 3, 31), datetime.datetime(2027, 3, 31, 9, 5), datetime.datetime(2027, 3, 31)], [None]], zeros)
    assert rows_of(from_xlsx(path)) == [["職員番号", "TRUE", "3", "1.5", "００１", "000123", "", "a,\"b\""], ["2027-03-31", "2027-03-31T09:05:00", "2027-03-31", "", "", "", "", ""]]


@pytest.mark.parametrize("value, words", [("=1+1", "never calculated"), ("#N/A", "an error"), (datetime.timedelta(hours=3), "without a day")])
def test_cells_that_say_nothing(tmp_path, value, words):
    with pytest.raises(ValueError, match=words):
        from_xlsx(workbook(tmp_path, [["a"], [value]]))


def test_the_command_reads_what_comes_out(tmp_path):
    path = workbook(tmp_path, [["基準日", datetime.date(2027, 3, 1)], ["職員番号", "氏名", "退職日"], ["A001", "模擬 一郎", datetime.date(2027, 3, 31)]])
    command = os.environ["SEKIMORI_COMMAND"]
    refused = subprocess.run([command, "register", path], capture_output=True, text=True)
    assert refused.returncode == 3 and "python -m sekimori.registers" in refused.stderr
    made = subprocess.run([sys.executable, "-m", "sekimori.registers", path], capture_output=True)
    assert made.returncode == 0, made.stderr
    read = subprocess.run([command, "register", "-", "--format", "json"], input=made.stdout, capture_output=True)
    shown = json.loads(read.stdout)
    assert read.returncode == 0, shown
    assert [(one["register"], one["as_of"], one["rows"]) for one in shown["registers"]] == [("people", "2027-03-01", 1)]


def test_the_module_says_what_is_wrong(tmp_path):
    nothing = tmp_path / "a.xlsx"
    nothing.write_bytes(b"PK no workbook")
    for arguments, code in (([], 2), ([nothing], 3), ([tmp_path / "none.xlsx"], 3)):
        run = subprocess.run([sys.executable, "-m", "sekimori.registers", *arguments], capture_output=True, text=True)
        assert (run.returncode, run.stdout) == (code, "") and run.stderr
