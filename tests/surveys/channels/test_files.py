"""A file of answers on paper: all that is wrong is told with row, column and remedy; all of it is taken in, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.web.channels.making import ZONE, door_at, link_of

from peil.surveys.answering.doors import Door
from peil.surveys.channels.entering import Entry, enter
from peil.surveys.channels.files import MOST_ROWS, Checked, check_file, columns_of, take_in_file, template, text_of
from peil.surveys.channels.read_in import ReadIn, TakenBack, files_for_person, take_file_back
from peil.surveys.models import PaperFile, Response

pytestmark = pytest.mark.django_db
HEAD = "sheet;date;ease;solved;reason_low;ease_comment"


@pytest.fixture
def door() -> Door:
    return door_at(link_of("paper", "after_contact", channel="post"))


def check(door: Door, *rows: str, head: str = HEAD) -> Checked:
    return check_file(door, "\n".join([head, *rows]), ZONE, None)


def told(checked: Checked) -> list[tuple[str, int, str]]:
    return [(w.code, w.row, w.column) for w in checked.wrong]


def test_the_empty_file_has_every_field_and_comes_back_filled_in(door: Door) -> None:
    empty = text_of(template(door.asked))
    names = empty.strip().split(";")
    assert names == columns_of(door.asked)
    assert template(door.asked).startswith(b"\xef\xbb\xbf")  # so that a Dutch Excel reads it
    assert [w.code for w in check_file(door, empty, ZONE, None).wrong] == ["no_rows"]
    row = ";".join({"date": "2026-11-03", "ease": "7", "solved": "ja"}.get(name, "") for name in names)
    checked = check_file(door, empty + row, ZONE, None)
    assert (checked.wrong, len(checked.new)) == ((), 1)


def test_a_file_is_taken_in_once_however_often_it_comes(door: Door) -> None:
    rows = ("1;2026-11-03;7;j;;", "2;3-11-2026;2;n;1;Lang gewacht", ";2026-11-04;5;;;", ";2026-11-04;5;;;")
    checked = check(door, *rows)
    assert (checked.wrong, len(checked.new), checked.there) == ((), 4, 0)
    assert Response.objects.count() == 0  # looking writes nothing
    assert take_in_file(door, checked, ZONE) == 4
    first = set(Response.objects.values_list("pk", "answers", "saved_at"))
    again = check(door, *rows)
    assert (len(again.new), again.there, again.wrong) == (0, 4, ())
    assert take_in_file(door, again, ZONE) == 0
    assert set(Response.objects.values_list("pk", "answers", "saved_at")) == first
    assert {r.saved_at for r in Response.objects.all()} == {datetime(2026, 11, d, 11, tzinfo=UTC) for d in (3, 4)}
    assert {r.device for r in Response.objects.all()} == {"paper"}


def test_each_fault_is_told_with_its_row_and_column_and_nothing_is_taken_in(door: Door) -> None:
    late = (date.today() + timedelta(days=2)).isoformat()
    checked = check(
        door, "1;2026-11-03;7;j;;", f"2;{late};7;j;;", "3;gisteren;8;j;;", "1;2026-11-03;7;;;", "4;2026-11-03;;;;",
        "5;2026-11-03;2;;7;", "", "6;2026-11-03;2;;;x;y",
    )  # fmt: skip
    assert told(checked) == [("cells", 9, "")]  # before it is known which cell is which nothing else is told
    checked = check(
        door, "1;2026-11-03;7;j;;", f"2;{late};7;j;;", "3;gisteren;8;j;;", "1;2026-11-03;7;;;", "4;2026-11-03;;;;",
        "", "5;2026-11-03;2;;7;",
    )  # fmt: skip
    assert told(checked) == [
        ("day", 3, "date"), ("day", 4, "date"), ("unknown", 4, "ease"), ("twice", 5, "sheet"), ("no_answers", 6, ""),
        ("unknown", 8, "reason_low"),
    ]  # fmt: skip
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("sheet;ease", ["no_day"]),
        ("date;ease;eese", ["column"]),
        ("date;ease;ease", ["column_twice"]),
        ("", ["empty"]),
    ],
)
def test_columns_that_are_missing_twice_or_of_nobody_are_told(door: Door, head: str, codes: list[str]) -> None:
    rows = ["2026-11-03;7;7"[: 10 + 2 * head.count(";")]] if head else []
    assert [w.code for w in check(door, *rows, head=head).wrong] == codes


def test_a_number_that_was_entered_with_other_answers_is_told(door: Door) -> None:
    enter(door, Entry(number="7", form={"ease": ["3"]}, language="nl", day=date(2026, 11, 3)), ZONE)
    assert told(check(door, "7;2026-11-03;4;;;")) == [("otherwise", 2, "sheet")]
    same = check(door, "7;2026-11-03;3;;;")
    assert (same.there, same.wrong) == (1, ())


def test_commas_tabs_quotes_line_ends_and_old_letters_are_read(door: Door) -> None:
    written = 'date,ease,ease_comment\r\n2026-11-03,7,"Fijn, ""snel""\r\nen één keer"\r\n'
    for content in (written.encode("utf-8-sig"), written.encode("cp1252")):
        checked = check_file(door, text_of(content), ZONE, None)
        assert checked.new[0].form["ease_comment"] == ['Fijn, "snel"\nen één keer']
    tabs = check_file(door, "date\tease\n2026-11-03\t7\n", ZONE, None)
    assert len(tabs.new) == 1


def test_a_file_that_went_through_a_form_is_the_same_file(door: Door) -> None:
    """Browsers send line ends as \\r\\n, also those within a text."""
    rows = ';2026-11-03;7;;;"Een\ntwee"'
    take_in_file(
        door, check_file(door, f"{HEAD}\r\n{rows}".replace("\n", "\r\n").replace("\r\r", "\r"), ZONE, None), ZONE
    )
    assert check(door, rows).there == 1


def test_too_many_rows_and_hostile_cells(door: Door) -> None:
    many = check(door, *("1;2026-11-03;7;;;" for _ in range(MOST_ROWS + 1)))
    assert [w.code for w in many.wrong] == ["too_many_rows"]
    evil = check(door, "=cmd|' /C calc'!A0;2026-11-03;<script>;;;\x00")
    assert {w.code for w in evil.wrong} == {"unknown"}
    assert [w.code for w in check(door, f"{'9' * 41};2026-11-03;7;;;").wrong] == ["number"]


def taken(door: Door, *rows: str) -> int:
    """The number of a file that was just taken in."""
    take_in_file(door, check(door, *rows), ZONE)
    return PaperFile.objects.latest("pk").pk


def test_a_file_is_taken_back_in_one_step_and_its_sheets_can_come_again(door: Door) -> None:
    rows = ("1;2026-11-03;7;j;;", "2;3-11-2026;2;n;1;Lang gewacht")
    other = taken(door, "3;2026-11-03;5;j;;")
    number = taken(door, *rows)
    Response.objects.update(to_facts=False)
    assert [(f.sheets, f.taken_back_at) for f in all_files(door)] == [(2, None), (1, None)]
    assert take_file_back(door.link_id or 0, number, 0, all_of_them=True) == TakenBack(2, 0)
    gone = Response.objects.filter(finished_at=None)
    assert {(r.answers, r.flags, r.to_facts, r.last_question) for r in gone} == {("[]", "taken_back", True, "")}
    assert Response.objects.exclude(finished_at=None).get().answers.count("ease") == 1
    assert take_file_back(door.link_id or 0, number, 0, all_of_them=True) is None  # once
    assert take_file_back(0, other, 0, all_of_them=True) is None  # of another link
    assert len(check(door, *rows).new) == 2
    taken(door, *rows)
    assert Response.objects.exclude(finished_at=None).count() == 3
    assert not any("taken_back" in r.flags for r in Response.objects.all())


def test_a_sheet_that_was_changed_since_stays(door: Door) -> None:
    number = taken(door, "1;2026-11-03;7;j;;", "2;2026-11-03;2;n;1;")
    again = Entry(number="2", form={"ease": ["6"], "solved": ["1"]}, language="nl", day=date(2026, 11, 4))
    assert enter(door, again, ZONE).outcome == "kept"
    assert take_file_back(door.link_id or 0, number, 0, all_of_them=True) == TakenBack(1, 1)
    (row,) = Response.objects.exclude(finished_at=None)
    assert "6" in row.answers


def test_only_who_read_it_in_takes_it_back(door: Door) -> None:
    number = taken(door, "1;2026-11-03;7;j;;")
    assert take_file_back(door.link_id or 0, number, 12345, all_of_them=False) is None
    assert files_for_person(door.link_id or 0, 12345, all_of_them=False) == []
    assert Response.objects.exclude(finished_at=None).count() == 1


def all_files(door: Door) -> list[ReadIn]:
    return files_for_person(door.link_id or 0, 0, all_of_them=True)
