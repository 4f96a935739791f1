"""The embedding's file: how it is written, and a reference reader that the Rust code is compared with."""

import numpy as np

import archive
from normal import runs

KIND = "embed"
GROUP = 32  # Values that share a scale.
RANK, FIRST, MIDDLE, LAST, DIMENSIONS = 256, 320, 512, 512, 256
LAYERS = [(RANK, 2 * FIRST), (FIRST, FIRST), (FIRST, MIDDLE), (FIRST, LAST), (MIDDLE, LAST), (LAST, DIMENSIONS)]
LONGEST_PIECE = 16
UNKNOWN = 10.0


def quantise(rows):
    """Four bits a value: nibbles 0 to 15 that stand for -8 to 7, and a scale per group, the best of a few."""
    groups = rows.reshape(len(rows), -1, GROUP)
    largest = np.abs(groups).max(2, keepdims=True)
    best = None
    for divisor in (6.5, 7.0, 7.5, 8.0, 9.0):
        scale = np.maximum((largest / divisor).astype(np.float16).astype(np.float32), 1e-6)
        nibbles = np.clip(np.rint(groups / scale), -8, 7)
        wrong = ((nibbles * scale - groups) ** 2).sum(2, keepdims=True)
        if best is None:
            best, scales, error = nibbles, scale, wrong
        better = wrong < error
        best, scales, error = np.where(better, nibbles, best), np.where(better, scale, scales), np.minimum(wrong, error)
    return (best + 8).astype(np.uint8), scales[:, :, 0].astype(np.float16)


def write(names, scores, tokens, rows, mean, marks, layers):
    """The bytes of the model; units in ascending order of their names' bytes."""
    encoded = [name.encode() for name in names]
    assert encoded == sorted(encoded) and max(map(len, encoded)) < 256
    nibbles, scales = quantise(rows)
    packed = nibbles[:, :, :GROUP // 2] | nibbles[:, :, GROUP // 2:] << 4
    assert [layer.shape for layer in layers] == LAYERS
    return archive.write(KIND, {
        "keys": b"".join(bytes([len(name)]) + name for name in encoded),
        "scor": scores.astype("<f4").tobytes(),
        "ntok": tokens.astype(np.uint8).tobytes(),
        "rows": packed.tobytes(),
        "scal": scales.astype("<f2").tobytes(),
        "mean": mean.astype("<f4").tobytes(),
        "mark": marks.astype("<f4").tobytes(),
        "netw": b"".join(layer.astype("<f2").tobytes() for layer in layers),
    })


class Student:
    """Reads the file as the Rust code does."""

    def __init__(self, data):
        part = archive.read(data, KIND)
        self.scores = np.frombuffer(part["scor"], "<f4")
        self.tokens = np.frombuffer(part["ntok"], np.uint8).astype(np.float32)
        self.mean, self.marks = (np.frombuffer(part[name], "<f4") for name in ("mean", "mark"))
        self.number, keys, at = {}, part["keys"], 0
        for number in range(len(self.scores)):
            self.number[keys[at + 1:at + 1 + keys[at]].decode()] = number
            at += 1 + keys[at]
        packed = np.frombuffer(part["rows"], np.uint8).reshape(len(self.scores), -1, GROUP // 2)
        nibbles = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
        scales = np.frombuffer(part["scal"], "<f2").reshape(len(self.scores), -1, 1).astype(np.float32)
        self.rows = (nibbles * scales).reshape(len(self.scores), RANK)
        flat, at, self.layers = np.frombuffer(part["netw"], "<f2").astype(np.float32), 0, []
        for rows, columns in LAYERS:
            self.layers.append(flat[at:at + rows * columns].reshape(rows, columns))
            at += rows * columns
        self.unknown = self.scores.min() - UNKNOWN
        self.known = {}

    def split(self, run):
        """Units of the likeliest split of a run that is no unit itself."""
        best = [(0.0, 0, None)] + [(-np.inf, 0, None)] * len(run)
        for start in range(len(run)):
            before, single = best[start][0], False
            for end in range(start + 1, min(len(run), start + LONGEST_PIECE) + 1):
                piece = self.number.get(run[start:end])
                if piece is None or self.scores[piece] >= 0:
                    continue
                single |= end == start + 1
                if (score := np.float32(before + self.scores[piece])) > best[end][0]:
                    best[end] = score, start, piece
            if not single and (score := np.float32(before + self.unknown)) > best[start + 1][0]:
                best[start + 1] = score, start, None
        units, at = [], len(run)
        while at:
            _, at, piece = best[at]
            units += [] if piece is None else [piece]
        return units[::-1]

    def units(self, text):
        found = []
        for run in runs(text):
            if run not in self.known:
                unit = self.number.get(run)
                self.known[run] = self.split(run) if unit is None else [unit]
            found += self.known[run]
        return found

    def sentences(self, texts):
        """The teacher's sentence vectors, before they are made shorter; zeros for texts without units."""
        units = [self.units(text) for text in texts]
        sums = np.stack([self.rows[own].sum(0) for own in units])
        tokens = np.array([self.tokens[own].sum() for own in units], np.float32)[:, None]
        basis, d1, d2, p3, d3, _ = self.layers
        hidden = (sums @ basis + tokens * self.mean + self.marks) / np.sqrt(tokens + 2)
        y1 = np.maximum(hidden[:, FIRST:] + np.maximum(hidden[:, :FIRST], 0) @ d1, 0)
        z = np.tanh(y1 @ p3 + np.maximum(y1 @ d2, 0) @ d3)
        return np.where(tokens > 0, z / np.linalg.norm(z, axis=1, keepdims=True), 0)

    def embed(self, texts):
        vectors = self.sentences(texts) @ self.layers[-1]
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
