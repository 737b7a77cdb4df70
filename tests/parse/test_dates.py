"""Every way of writing a date that feeds have, and what it means."""

import calendar
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.feeds.dates import FeedDate, feed_date

STATED, ASSUMED = False, True
DAY_START = "2025-11-22T00:00:00"


@pytest.mark.parametrize(
    ("raw", "utc", "zone_assumed"),
    [
        # Named zones.
        ("Sat, 22 Nov 2025 05:04:28 GMT", "2025-11-22T05:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 UT", "2025-11-22T05:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 Z", "2025-11-22T05:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 CET", "2025-11-22T04:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 EEST", "2025-11-22T02:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 MSK", "2025-11-22T02:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 JST", "2025-11-21T20:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 BST", "2025-11-22T04:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 EST", "2025-11-22T10:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 PDT", "2025-11-22T12:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 IST", "2025-11-21T23:34:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 XQZ", "2025-11-22T05:04:28", ASSUMED),
        # Numeric zones.
        ("Sat, 22 Nov 2025 05:04:28 +0200", "2025-11-22T03:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 +02:00", "2025-11-22T03:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 -0530", "2025-11-22T10:34:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 GMT+2", "2025-11-22T03:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 UTC+05:30", "2025-11-21T23:34:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 +0000 (UTC)", "2025-11-22T05:04:28", STATED),
        ("Sat, 22 Nov 2025 05:04:28 -0000", "2025-11-22T05:04:28", STATED),
        ("22 Nov 2025 05:04 GMT", "2025-11-22T05:04:00", STATED),
        ("Sat, 22 Nov 25 05:04:28 GMT", "2025-11-22T05:04:28", STATED),
        ("Sat,22 Nov 2025 05:04:28 GMT", "2025-11-22T05:04:28", STATED),
        ("Sat, 22-Nov-2025 05:04:28 GMT", "2025-11-22T05:04:28", STATED),
        ("Sat Nov 22 05:04:28 2025", "2025-11-22T05:04:28", ASSUMED),
        ("Sat Nov 22 05:04:28 CET 2025", "2025-11-22T04:04:28", STATED),
        ("Wrong, 22 Nov 2025 24:00:00 GMT", "2025-11-23T00:00:00", STATED),
        ("Sat, 22 Nov 2025 05:04:60 GMT", "2025-11-22T05:04:59", STATED),
        # No zone.
        ("Sat, 22 Nov 2025 05:04:28", "2025-11-22T05:04:28", ASSUMED),
        ("2025-11-22 05:04:28", "2025-11-22T05:04:28", ASSUMED),
        ("2025-11-22", DAY_START, ASSUMED),
        ("22 November 2025", DAY_START, ASSUMED),
        # ISO 8601.
        ("2025-11-22T05:04:28Z", "2025-11-22T05:04:28", STATED),
        ("2025-11-22t05:04:28z", "2025-11-22T05:04:28", STATED),
        ("2025-11-22T05:04:28.123456Z", "2025-11-22T05:04:28", STATED),
        ("2025-11-22T05:04:28,5+02:00", "2025-11-22T03:04:28", STATED),
        ("2025-11-22T05:04:28+0200", "2025-11-22T03:04:28", STATED),
        ("2025-11-22T05:04:28 +02", "2025-11-22T03:04:28", STATED),
        ("2025-11-22T05:04-05:00", "2025-11-22T10:04:00", STATED),
        ("2025-11-22 05:04:28 UTC", "2025-11-22T05:04:28", STATED),
        ("20251122T050428Z", "2025-11-22T05:04:28", STATED),
        ("20251122T050428+0100", "2025-11-22T04:04:28", STATED),
        ("20251122050428", "2025-11-22T05:04:28", ASSUMED),
        ("20251122", DAY_START, ASSUMED),
        # Other orders.
        ("11/22/2025 05:16:39 AM", "2025-11-22T05:16:39", ASSUMED),
        ("11/22/2025 12:16:39 AM", "2025-11-22T00:16:39", ASSUMED),
        ("11/22/2025 05:16:39 PM EST", "2025-11-22T22:16:39", STATED),
        ("22/11/2025 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("2025/11/22 05:04:28", "2025-11-22T05:04:28", ASSUMED),
        ("22.11.2025 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("03.04.2025 05:04", "2025-04-03T05:04:00", ASSUMED),
        ("22-11-2025 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("November 22, 2025 5:04 p.m.", "2025-11-22T17:04:00", ASSUMED),
        ("Saturday, November 22nd, 2025", DAY_START, ASSUMED),
        # Other languages.
        ("Sa, 22 Nov 2025 05:04:28 +0100", "2025-11-22T04:04:28", STATED),
        ("Mi, 24 Dez 2025 05:04:28 +0100", "2025-12-24T04:04:28", STATED),
        ("Samstag, 22. März 2025, 05:04 Uhr", "2025-03-22T05:04:00", ASSUMED),
        ("сб, 22 ноя 2025 05:04:28 +0300", "2025-11-22T02:04:28", STATED),
        ("22 ноября 2025 г. 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("22 листопада 2025, 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("Sam, 22 nov. 2025 05:04:28 +0100", "2025-11-22T04:04:28", STATED),
        ("mar., 23 déc. 2025 05:04:28 +0100", "2025-12-23T04:04:28", STATED),
        ("22 février 2025 à 14h30", "2025-02-22T14:30:00", ASSUMED),
        ("Sáb, 22 Nov 2025 05:04:28 -0300", "2025-11-22T08:04:28", STATED),
        ("Seg, 22 Set 2025 05:04:28 -0300", "2025-09-22T08:04:28", STATED),
        ("22 de noviembre de 2025", DAY_START, ASSUMED),
        ("22 października 2025 05:04", "2025-10-22T05:04:00", ASSUMED),
        ("22 Kasım 2025 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("22. marraskuuta 2025 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("22 mar 2025", "2025-03-22T00:00:00", ASSUMED),
        ("2025年11月22日 05:04", "2025-11-22T05:04:00", ASSUMED),
        ("2025年11月22日", DAY_START, ASSUMED),
        ("2025年11月22日 午後5時04分", "2025-11-22T17:04:00", ASSUMED),
        ("2025년 11월 22일 오후 5:04", "2025-11-22T17:04:00", ASSUMED),
        # Epochs.
        ("1763787868", "2025-11-22T05:04:28", STATED),
        ("1763787868000", "2025-11-22T05:04:28", STATED),
        # Strange years are for the caller to judge.
        ("Sat, 22 Nov 2126 05:04:28 GMT", "2126-11-22T05:04:28", STATED),
        ("  Sat, 22 Nov 2025 05:04:28 GMT\n ", "2025-11-22T05:04:28", STATED),
    ],
)  # fmt: skip
def test_date_means_what_its_writer_meant(raw: str, utc: str, zone_assumed: bool) -> None:  # noqa: FBT001 # a table's column
    assert feed_date(raw) == FeedDate(datetime.fromisoformat(utc).replace(tzinfo=UTC), zone_assumed)


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "0000-00-00 00:00:00", "0000-00-00", "yesterday", "2025", "2025-11", "2025-13-01", "2025-02-30T05:04:28Z",
        "Sat, 22 Nov 2025 25:04:28 GMT", "Sat, 22 Nov 2025 05:64:28 GMT", "Sat, 22 Nov 2025 05:04:28 +9999",
        "Sat, 22 Nov 2025 05:04:28 +15:00", "Sat, 22 Nov 2025 05:04:28 +999999", "9" * 400, "05:04:28", "22 Foo 2025",
        "\x1b[31m", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "99999999999",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(raw: str) -> None:
    assert feed_date(raw) is None


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=120), st.text(alphabet="0123456789:-+/. TZGMTNovampm年月日", max_size=60)))
def test_any_text_gives_an_aware_moment_or_none(raw: str) -> None:
    date = feed_date(raw)
    assert date is None or date.moment.utcoffset() == timedelta()


@settings(max_examples=300, deadline=None)
@given(
    moment=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2068, 12, 31)),  # noqa: DTZ001 # made aware below
    minutes=st.integers(-14 * 60, 14 * 60),
)
def test_every_numeric_zone_is_taken_back_to_utc(moment: datetime, minutes: int) -> None:
    utc = moment.replace(microsecond=0, tzinfo=UTC)
    local = utc + timedelta(minutes=minutes)
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    for zone in (f"{sign}{hours:02}{rest:02}", f"{sign}{hours:02}:{rest:02}"):
        assert feed_date(f"{local:%a, %d %b %Y %H:%M:%S} {zone}") == FeedDate(utc, zone_assumed=False)
        assert feed_date(f"{local:%Y-%m-%dT%H:%M:%S}{zone}") == FeedDate(utc, zone_assumed=False)


_ZONES = st.sampled_from(["GMT", "Z", "+0000", "-0530", "+1400", "+1401", "+01:00", "-11:30", "+00:60"])
_NUMBERS = st.tuples(*(st.integers(0, most) for most in (13, 32, 25, 60, 61)))


@settings(max_examples=500)
@given(_NUMBERS, st.sampled_from([1994, 2024, 2026, 9999]), _ZONES)
def test_the_usual_forms_are_read_at_once_and_mean_what_the_long_way_finds(
    numbers: tuple[int, ...], year: int, zone: str
) -> None:
    month, day, hour, minute, second = numbers
    name = ("Foo", *calendar.month_abbr[1:], "Bar")[month]
    mail = f"Mon, {day:02d} {name} {year} {hour:02d}:{minute:02d}:{second:02d} {zone}"
    assert feed_date(mail) == feed_date(mail.replace(" ", "  "))
    stamp = f"{year}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"
    assert feed_date(stamp + zone) == feed_date(f"{stamp.replace('T', '  ')} {zone}")
