"""Those who are compared in one run."""

from dataclasses import dataclass

from bench.scoring.embedding import EmbeddingPeer
from bench.scoring.own_reading import OwnReading
from bench.scoring.plain_lexicon import PlainLexicon


@dataclass(frozen=True, slots=True)
class Contest:
    """Our reading and the baselines; no embedding when its extra is not installed."""

    ours: OwnReading
    plain: PlainLexicon
    embedding: EmbeddingPeer | None = None
