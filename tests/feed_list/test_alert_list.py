"""Alerts in feeds.toml: what they may say, and one clear message for everything they may not."""

from datetime import timedelta
from pathlib import Path

import pytest

from tui.domain.alerts import AlertPlan, ChannelKind, Digest, Trigger
from tui.feeds.feed_list import FeedListError, load_feed_list
from tui.pipeline.list_change import same_work

FEED = '[[feed]]\nurl = "https://news.example/rss"\nname = "News"\n'
HOOK = (
    '[[channel]]\nname = "duty"\nkind = "webhook"\nurl = "https://chat.example/${HOOK}"\nsecret = "${KEY}"\n'
)
ALERT = '[[alert]]\nname = "border"\nquery = "country:PL,LT publishers:>=2"\non = ["new", "certainty_up"]\nchannels = ["duty"]\n'
ENV = {"HOOK": "T0KEN", "KEY": "a-key-of-ours"}


def written(folder: Path, content: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(FEED + content, encoding="utf-8")
    return path


def plan_of(folder: Path, content: str) -> AlertPlan:
    return load_feed_list(written(folder, content), ENV).alerts


def test_a_list_without_alerts_tells_nobody(tmp_path: Path) -> None:
    assert not plan_of(tmp_path, "")


def test_a_rule_and_its_channels_are_read_with_secrets_from_the_environment(tmp_path: Path) -> None:
    command = '[[channel]]\nname = "ring"\nkind = "command"\ncommand = ["ring", "-l"]\nalways = true\n'
    plan = plan_of(tmp_path, HOOK + command + ALERT + 'cooldown = "30m"\nbudget = 5\n')
    (rule,) = plan.rules
    duty, ring = plan.channels
    assert (str(rule.query), rule.on) == ("country:PL,LT publishers:>=2", (Trigger.NEW, Trigger.CERTAINTY_UP))
    assert (rule.cooldown, rule.budget, rule.channels) == (timedelta(minutes=30), 5, ("duty",))
    assert (duty.url, duty.secret) == ("https://chat.example/T0KEN", "a-key-of-ours")
    assert (ring.kind, ring.command, ring.always) == (ChannelKind.COMMAND, ("ring", "-l"), True)
    assert "T0KEN" not in repr(plan)
    assert "a-key" not in repr(plan)


def test_other_peoples_channels_are_read_with_their_secrets(tmp_path: Path) -> None:
    phone = '[[channel]]\nname = "phone"\nkind = "apprise"\nurl = "ntfys://${KEY}@ntfy.example/a"\ndigest = "daily"\n'
    lamp = '[[channel]]\nname = "l"\nkind = "plugin"\nplugin = "lamp"\noptions = { key = "${KEY}", colour = "red" }\n'
    told, shone = plan_of(tmp_path, phone + lamp).channels
    assert (told.url, told.digest) == ("ntfys://a-key-of-ours@ntfy.example/a", Digest.DAILY)
    assert (shone.plugin, dict(shone.options)) == ("lamp", {"key": "a-key-of-ours", "colour": "red"})
    assert "a-key" not in f"{told!r}{shone!r}"


def test_a_rule_that_is_switched_off_is_none_in_force(tmp_path: Path) -> None:
    assert not plan_of(tmp_path, HOOK + ALERT + "enabled = false\n")


def test_a_changed_rule_is_a_changed_list(tmp_path: Path) -> None:
    first = load_feed_list(written(tmp_path, HOOK + ALERT), ENV)
    same = load_feed_list(written(tmp_path, "# a comment\n" + HOOK + ALERT), ENV)
    other = load_feed_list(written(tmp_path, HOOK + ALERT + "budget = 3\n"), ENV)
    assert same_work(first, same)
    assert not same_work(first, other)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (HOOK + ALERT.replace("country:PL,LT", "country:Polnd"), 11, 'at character 9, "Polnd"'),
        (HOOK + ALERT.replace("certainty_up", "certainty"), 12, "is nothing that happens to an incident"),
        (HOOK + ALERT.replace('"duty"]', '"dooty"]'), 13, "is no [[channel]] of this file"),
        (HOOK + ALERT + "colour = 3\n", 14, "is no key that is known here"),
        (HOOK + ALERT + 'cooldown = "soon"\n', 14, "is no duration"),
        (HOOK + ALERT + "budget = 0\n", 14, "is out of bounds"),
        (HOOK + ALERT + ALERT, 15, "is another's name already"),
        (HOOK + HOOK, 10, "is another's name already"),
        (HOOK.replace("webhook", "pigeon"), 6, "is no kind of channel"),
        (HOOK.replace("${KEY}", "${NOKEY}"), 8, "the environment has no variable"),
        (HOOK.replace("https://chat", "ftp://chat"), 7, "is no http or https address"),
        (HOOK + 'command = ["x"]\n', 9, "is nothing that a webhook has"),
        ('[[channel]]\nname = "ring"\nkind = "command"\n', 4, "names no program"),
        (HOOK + 'digest = "weekly"\n', 9, "is no digest"),
        ('[[channel]]\nname = "a"\nkind = "apprise"\nurl = "T0KEN"\n', 7, "is no address of Apprise"),
        ('[[channel]]\nname = "a"\nkind = "plugin"\n', 4, "names no plug-in"),
        ('[alert]\nname = "x"\n', None, "is one table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_a_fix(
    tmp_path: Path, content: str, line: int | None, said: str
) -> None:
    with pytest.raises(FeedListError) as caught:
        load_feed_list(written(tmp_path, content), ENV)
    assert said in str(caught.value)
    assert line is None or caught.value.line == line
    assert "T0KEN" not in str(caught.value)
