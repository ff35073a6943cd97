"""A hundred thousand messy rows from a file to records, in a process of its own; its time and the most memory it took.

The reference reads the same file with the same library and copies the same activities, records and events in, as text
that is ready: no reading of dates, no verdict, no look at what is known, no trace of the rows.
"""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import places
from bench.rounds import Result

DATABASE, EMPTY = "bench_import", "bench_import_empty"
ROWS, QUICK_ROWS = 100_000, 10_000
MOST_MEGABYTES = 300
TABLES = ("activities_activity", "activities_activityrecord", "activities_activityevent")
CENTER = "330482001001"
DAYS = (
    "{y}.{m}.{d}",
    "{y}-{m}-{d}",
    "{y}年{m}月{d}日",
    "{y}/{m:02}/{d:02} 14:00",
    "{y}.{m}.{d}下午2点",
    "{y}年{m}月{d}日（周三）",
)
PEOPLE = ("{n}", "{n}人", "约{n}", "{n}余人", "{n}人次", "０{n}")


def import_100k(quick: bool) -> Result:
    rows = QUICK_ROWS if quick else ROWS
    folder = Path(os.environ["PORTAL_VAR"])
    sheet, dump = folder / "import.xlsx", folder / "import.copy"
    sheet.write_bytes(messy(rows))
    for name in (DATABASE, EMPTY):
        places.create(name, places.BASE)
        with places.database(name):
            _worker()
    ours = _in_a_process("ours", DATABASE, sheet, dump)
    reference = _in_a_process("reference", EMPTY, sheet, dump)
    assert ours["made"] == reference["made"] >= rows * 0.9
    fits = ours["megabytes"] <= MOST_MEGABYTES
    notes = (
        f"{rows:,} messy rows, {ours['made']:,} activities, dry run and writing, peak {ours['megabytes']:.0f} MB "
        f"(≤ {MOST_MEGABYTES}); the reference reads the file and copies what came of it"
    )
    ratio = ours["seconds"] / reference["seconds"]
    return Result("import_100k", ours["seconds"], reference["seconds"], ratio, 6.0, False, "s", notes, fits)


def messy(rows: int) -> bytes:
    """A workbook as people keep it: days and numbers in every manner, sums, headings and faults between."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("台账")
    page.append(["演示中心活动台账"])
    page.append(["序号", "活动名称", "时间", "地点", "参加人数", "类别", "条线", "备注"])
    kinds, lines = ("活动", "培训", "志愿", ""), ("妇联", "团", "工会", "水利")
    for n in range(rows):
        if n % 1000 == 999:
            page.append([None, "小计", None, None, 20_000])
            continue
        when = DAYS[n % len(DAYS)].format(y=2021 + n % 5, m=1 + n % 12, d=1 + n % 28)
        people = PEOPLE[n % len(PEOPLE)].format(n=10 + n % 90) if n % 500 else "若干"
        place, note = f"二楼活动室{n % 7}", "送出春联" if n % 3 else None
        page.append([n, f"演示活动第{n}场", when, place, people, kinds[n % 4], lines[n % 4], note])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _worker() -> None:
    """Somebody who works at the center."""
    from accounts.models import User
    from centers.choices import Role
    from centers.models import Center, CenterRole
    from common import clock

    user = User.objects.create(username="bench-import", is_demo=True)
    center = Center.objects.get(code=CENTER)
    CenterRole.objects.create(user=user, center=center, role=Role.STAFF, valid=(clock.today(), None))


def _in_a_process(what: str, database: str, *paths: Path) -> Any:
    command = [sys.executable, "-m", "bench.import_sheet", what, database, *map(str, paths)]
    # It finds the same engines from the folder above.
    environment = {**os.environ, "PORTAL_VAR": str(Path(os.environ["PORTAL_VAR"]).parent)}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=places.PROJECT, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def _ours(sheet: Path, dump: Path) -> dict[str, Any]:
    from django.db import connection

    from accounts.models import User
    from centers.models import Center
    from imports.services.uploads import match_columns, upload_sheet
    from imports.services.work import run_import
    from imports.services.writing import start_import

    actor, center = User.objects.get(username="bench-import"), Center.objects.get(code=CENTER)
    started = time.perf_counter()
    imported = upload_sheet(actor=actor, center=center, name=sheet.name, data=sheet.read_bytes())
    match_columns(actor=actor, imported=imported, columns=imported.columns, kind=imported.kind)
    assert run_import(imported.pk)
    start_import(actor=actor, imported=imported)
    assert run_import(imported.pk)
    seconds = time.perf_counter() - started
    megabytes = _peak_megabytes()
    with connection.cursor() as cursor:
        for table in TABLES:
            with _dump_of(dump, table).open("w") as file:
                cursor.copy_expert(f"COPY {table} TO STDOUT", file)
    return {"seconds": seconds, "megabytes": megabytes, "made": imported.rows.standing().count()}


def _peak_megabytes() -> float:
    """The most memory that this program had; `ru_maxrss` would also be that of the one which started it."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def _reference(sheet: Path, dump: Path) -> dict[str, Any]:
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    from activities.models import Activity

    texts = {table: _dump_of(dump, table).read_text() for table in TABLES}
    started = time.perf_counter()
    with CalamineWorkbook.from_path(str(sheet)) as book:
        rows = sum(1 for _row in book.get_sheet_by_index(0).iter_rows())
    assert rows
    with transaction.atomic(), connection.cursor() as cursor:
        for table, text in texts.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(text))
    return {"seconds": time.perf_counter() - started, "made": Activity.objects.count()}


def _dump_of(dump: Path, table: str) -> Path:
    return dump.with_suffix(f".{table}")


def main() -> None:
    what, database, sheet, dump = sys.argv[1:]
    places.prepare()
    with places.database(database):
        result = {"ours": _ours, "reference": _reference}[what](Path(sheet), Path(dump))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
