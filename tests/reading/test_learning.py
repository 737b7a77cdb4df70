"""The learner: signs are held, stories of an event stay together, the threshold lies at nothing."""

from scripts.learn_weights import Model, Row, count, held_out, learn, shortfall, table

WORDS = ("violation", "title")
AGAINST = ("sport", "title")
EITHER = ("rule or plan", "title")


def rows() -> list[Row]:
    good = [Row("real", f"event {n % 6}", relevant=True, features=(WORDS, EITHER)) for n in range(24)]
    bad = [
        Row("real", f"other {n % 6}", relevant=False, features=(AGAINST,) if n % 2 else (EITHER,))
        for n in range(24)
    ]
    return [*good, *bad]


def test_what_speaks_for_a_story_gets_a_weight_above_nothing_and_the_other_below() -> None:
    model = learn(rows(), 1.0)

    assert model.weights[WORDS] > 0 > model.weights[AGAINST]


def test_a_sign_is_held_though_the_labels_say_otherwise() -> None:
    upside_down = [Row(row.set, row.group, not row.relevant, row.features) for row in rows()]
    model = learn(upside_down, 1.0)

    assert model.weights[WORDS] == 0
    assert model.weights[AGAINST] == 0


def test_learning_twice_gives_the_same_weights() -> None:
    assert learn(rows(), 1.0) == learn(rows(), 1.0)


def test_every_story_is_scored_once_without_its_event() -> None:
    scored = held_out(rows(), [], 1.0)

    assert len(scored) == len(rows())
    assert count(scored, "real", 0.0).recall == 1


def test_a_story_that_the_gate_drops_is_missed_at_any_threshold() -> None:
    dropped = Row("real", "a", relevant=True, features=None)
    scored = [(dropped, Model({}, 9.0).score(dropped))]

    assert count(scored, "real", -1e9).missed == 1
    assert shortfall(scored, -1e9) > 0


def test_the_threshold_is_moved_into_the_bias() -> None:
    text = table(Model({WORDS: 1.5}, -2.0), 0.25)

    assert "violation\t1.50\t0.00" in text
    assert "bias\t-2.25\t0" in text
    assert "threshold\t0.0\t0.0" in text
