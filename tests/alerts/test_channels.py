"""Real receivers and real programs at the end of every channel."""

import base64
import hashlib
import hmac
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.given import a_batch, an_alert
from tests.servers.loopback import LoopbackServer, Reply
from tests.store.samples import NOON
from tui.alerts import programs
from tui.alerts.deliver import Deliverer
from tui.domain.alerts import Batch, Channel, ChannelKind, Delivered
from tui.domain.feed import Settings

HOSTILE = "'; touch pwn; $(touch pwn) `touch pwn` <b>&</b> --help"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def hook(server: LoopbackServer, secret: str = "", path: str = "/hook") -> Channel:
    return Channel("hook", ChannelKind.WEBHOOK, server.url(path), secret)


async def told(channel: Channel, batch: Batch | None = None) -> Delivered:
    return await Deliverer(Settings())(channel, batch or a_batch(), NOON)


async def test_a_webhook_gets_the_incident_and_can_verify_who_sent_it(server: LoopbackServer) -> None:
    server.put("/hook", status=204)
    assert (await told(hook(server, "a secret of ours"))).ok
    (request,) = server.asked("/hook")
    document = json.loads(request.body)
    assert document["schema"] == "overflight-alerts/1"
    assert document["alerts"][0]["incident"]["affected"] == ["PL"]
    assert document["alerts"][0]["stories"][0]["url"] == "https://a.example"
    signed = f"{request.header('webhook-id')}.{request.header('webhook-timestamp')}.".encode() + request.body
    digest = hmac.new(b"a secret of ours", signed, hashlib.sha256).digest()
    assert request.header("webhook-signature") == f"v1,{base64.b64encode(digest).decode()}"


async def test_the_same_alerts_have_one_id_and_a_secret_may_be_base64(server: LoopbackServer) -> None:
    server.put("/hook", status=200)
    for secret in ("whsec_" + base64.b64encode(b"k" * 24).decode(), ""):
        await told(hook(server, secret))
    first, second = server.asked("/hook")
    assert first.header("webhook-id") == second.header("webhook-id")
    signed = f"{first.header('webhook-id')}.{first.header('webhook-timestamp')}.".encode() + first.body
    digest = hmac.new(b"k" * 24, signed, hashlib.sha256).digest()
    assert first.header("webhook-signature") == f"v1,{base64.b64encode(digest).decode()}"
    assert second.header("webhook-signature") is None


async def test_a_redirect_is_a_failure_and_is_not_followed(server: LoopbackServer) -> None:
    server.put("/hook", status=307, headers={"Location": server.url("/elsewhere")})
    assert await told(hook(server)) == Delivered(ok=False, said="answered with status 307")
    assert not server.asked("/elsewhere")


async def test_a_busy_receiver_says_how_long_it_wants_rest(server: LoopbackServer) -> None:
    server.put_all("/hook", [Reply(status=429, headers={"Retry-After": "90"}), Reply(status=503)])
    first, second = await told(hook(server)), await told(hook(server))
    assert first.retry_after is not None
    assert first.retry_after.total_seconds() == 90
    assert second.retry_after is None


async def test_nobody_there_is_said_without_the_secret_in_the_address() -> None:
    gone = await told(Channel("hook", ChannelKind.WEBHOOK, "http://127.0.0.1:9/T0PSECRET"))
    assert not gone.ok
    assert "cannot be reached" in gone.said
    assert "T0PSECRET" not in f"{gone}{Channel('hook', ChannelKind.WEBHOOK, 'http://a.example/T0PSECRET')!r}"


def a_script(folder: Path, code: str, name: str = "script") -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def ran(*argv: str, batch: Batch | None = None) -> Delivered:
    return await told(Channel("program", ChannelKind.COMMAND, command=argv), batch)


async def test_a_command_gets_the_batch_on_standard_input_and_no_shell_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script = a_script(tmp_path, "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())")
    assert (await ran(str(script), "out.json", batch=a_batch(an_alert(title=HOSTILE)))).ok
    assert json.loads((tmp_path / "out.json").read_text())["alerts"][0]["stories"][0]["title"] == HOSTILE
    assert not (tmp_path / "pwn").exists()


async def test_a_command_that_reads_nothing_or_leaves_something_behind_has_done_its_work(
    tmp_path: Path,
) -> None:
    big = a_batch(*(an_alert(number, line="x" * 5000) for number in range(200)))
    assert (await ran(str(a_script(tmp_path, "pass")), batch=big)).ok


async def test_a_command_that_fails_says_with_what(tmp_path: Path) -> None:
    failed = await ran(str(a_script(tmp_path, "import sys; print('no line'); sys.exit(3)")))
    assert "ended with status 3: no line" in failed.said
    assert "there is no program" in (await ran("/nowhere/at-all")).said


async def test_what_a_failing_command_prints_cannot_act_on_the_terminal_that_shows_it(tmp_path: Path) -> None:
    failed = await ran(str(a_script(tmp_path, r"import sys; print('\x1b]0;PWNED\x07 \x9b31m'); sys.exit(1)")))
    assert "PWNED" in failed.said
    assert failed.said.isprintable()


async def test_a_notification_service_that_hangs_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_DESKTOP_SECONDS", 1.0)
    a_script(tmp_path, "import time; time.sleep(60)", "notify-send")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    hung = await told(Channel("desktop", ChannelKind.DESKTOP))
    assert "took longer than" in hung.said


def is_alive(pid: int) -> bool:
    """Dead is also who is not yet buried by whoever took it over."""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().split()[2] not in "ZX"


async def test_a_command_that_hangs_ends_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_COMMAND_SECONDS", 1.5)
    script = a_script(
        tmp_path,
        "import os, sys, time, pathlib\n"
        "child = os.fork()\n"
        "if child: pathlib.Path(sys.argv[1]).write_text(str(child))\n"
        "time.sleep(60)",
    )
    hung = await ran(str(script), str(tmp_path / "child"))
    assert "took longer than" in hung.said
    assert not is_alive(int((tmp_path / "child").read_text()))


async def test_a_command_that_never_stops_talking_is_ended(tmp_path: Path) -> None:
    said = await ran(str(a_script(tmp_path, "while True: print('x' * 100000)")))
    assert "wrote more than 1,000,000 bytes" in said.said


async def test_a_notification_is_short_escaped_and_no_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import sys, pathlib; pathlib.Path(sys.argv[0]).with_name('said').write_text('\\n'.join(sys.argv[1:]))"
    a_script(tmp_path, code, "notify-send")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    batch = a_batch(an_alert(line=HOSTILE + "x" * 500))
    assert (await told(Channel("desktop", ChannelKind.DESKTOP), batch)).ok
    words = (tmp_path / "said").read_text().splitlines()
    assert words[-3] == "--"
    assert "<" not in words[-1]
    assert "&lt;b&gt;" in words[-1]
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert "install it" in (await told(Channel("desktop", ChannelKind.DESKTOP))).said
