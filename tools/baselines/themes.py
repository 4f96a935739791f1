"""BERTopic on the same sentence vectors: agreement with people's themes and seconds.

The texts come from `cargo run --profile fast -p otklik-text --example themes DATA FOLDER`, which writes them into FOLDER.
"""

import argparse
import pathlib
import time

import numpy as np
from bertopic import BERTopic
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from umap import UMAP


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=pathlib.Path, required=True, help="folder that the example has written")
    for file in sorted(parser.parse_args().sets.glob("*.tsv")):
        rows = [line.rstrip("\n").split("\t") for line in file.open(encoding="utf-8")]
        labels, texts = [row[0] for row in rows], [row[1] for row in rows]
        vectors = np.array([row[2].split() for row in rows], dtype=np.float32)
        start = time.process_time()
        umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1)
        small = len(texts) < 500
        model = BERTopic(umap_model=umap, vectorizer_model=CountVectorizer(), min_topic_size=3 if small else 10, verbose=False)
        found = np.array(model.fit_transform(texts, vectors)[0])
        seconds = time.process_time() - start
        # Each outlier is a group of its own, as the rest of ours is.
        alone = np.where(found == -1, found.max() + 1 + np.arange(len(found)), found)
        nmi, ari = normalized_mutual_info_score(labels, alone), adjusted_rand_score(labels, alone)
        print(f"{file.stem:34} {len(texts):6} themes {found.max() + 1:4} rest {100 * np.mean(found == -1):.1f} % "
              f"NMI {100 * nmi:.1f} ARI {100 * ari:.1f} {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main()
