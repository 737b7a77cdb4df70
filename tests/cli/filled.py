"""A home with a store that a real poll of a loopback server filled, and what a script may ask of it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.cli.test_refusals import run
from tests.servers.loopback import LoopbackServer

TITLES = (
    "Russian drone violates Polish airspace",
    "Lithuania closes Vilnius airport after balloons from Belarus enter its airspace",
    "Fighter jets scrambled as Chinese aircraft enter Taiwan's air defence identification zone",
    "Tram line opens in the old town",
)


def rss(*titles: str) -> bytes:
    """A feed with these headlines, published within the last hours."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><link>https://paper.example/{number}</link>"
        f"<pubDate>{format_datetime(now - timedelta(hours=number))}</pubDate></item>"
        for number, title in enumerate(titles, 1)
    )
    return f'<rss version="2.0"><channel><title>Our News</title>{items}</channel></rss>'.encode()


def fill(home: Path, server: LoopbackServer) -> Path:
    """Poll the stories into the home's own database; the database."""
    server.put("/paper", rss(*TITLES), etag='"1"')
    (home / "feeds.toml").write_text(
        f'[[feed]]\nurl = "{server.url("/paper")}"\nname = "Our News"\nlang = "en"\ncountry = "PL"\n'
        'publisher = "Our News"\nkind = "national"\nallow_private = true\n',
        encoding="utf-8",
    )
    done = run(home, "once", "--all")
    assert done.returncode == 0, done.stderr
    return home / "overflight.db"
