"""What the screens do beyond the store: files, the clipboard, the user's editor, the list of feeds."""

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeOutside, FakeSource, gate


async def asked(driven: Driven, outside: FakeOutside, *what: object) -> None:
    await driven.until(lambda: what in outside.asked, f"asked for {what}: {outside.asked}")


async def test_a_list_is_written_to_a_file_in_the_form_that_is_chosen() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("Poland · incidents")
        await driven.press("e")
        await driven.sees("write 5 incidents to a file here", "CSV, for a spreadsheet")
        await driven.press("c")
        await asked(driven, outside, "export", ("pl1", "pl2", "pl3", "pl4", "b-pl"), "csv")
        await driven.sees("done: export")


async def test_one_incident_is_written_alone() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("e")
        await driven.sees("write it to a file here")
        await driven.press("m")
        await asked(driven, outside, "export", ("lt1",), "markdown")


async def test_the_form_can_be_left_without_writing() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("e")
        await driven.sees("CSV, for a spreadsheet")
        await driven.press("escape")
        await driven.no_longer_sees("CSV, for a spreadsheet")
        assert outside.asked == []


async def test_a_recording_is_not_written_and_says_so() -> None:
    async with running() as driven:
        await driven.press("e")
        await driven.sees("a recording is not written to files")


async def test_copying_names_the_program_that_took_it_beside_the_terminal() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("Y")
        await driven.sees("link copied through the terminal and xclip")
        assert ("copy", "https://news.example/s1") in outside.asked


async def test_a_feed_is_added_by_its_address() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("plus")
        await driven.sees("add a feed")
        await driven.press(*"https://n.example/rss", "enter")
        await asked(driven, outside, "add", "https://n.example/rss")
        await driven.sees("done: add")


async def test_where_no_terminal_can_be_given_away_the_editor_is_not_started() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("E")
        await driven.sees("an editor needs a terminal")
        assert outside.asked == []


async def test_the_list_of_feeds_is_written_as_opml() -> None:
    outside = FakeOutside()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("e")
        await asked(driven, outside, "export_feeds")


async def test_what_a_search_found_is_written_by_its_query() -> None:
    outside = FakeOutside()
    async with running(FakeSource(), through=gate(outside=outside)) as driven:
        await driven.press("slash", *"balloons")
        await driven.sees("1 story")
        await driven.press("enter", "e")
        await driven.sees("CSV, for a spreadsheet")
        await driven.press("j")
        await driven.until(
            lambda: any(
                one[0] == "export" and str(one[1]) == "balloons" and one[2] == "json" for one in outside.asked
            ),
            "written",
        )
