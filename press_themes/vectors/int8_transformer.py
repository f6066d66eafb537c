"""Int8Transformer: the first module of a sentence-transformers model, computed by CTranslate2.

Weights are 8-bit integers; each text is a call of its own, so that its vector depends on it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers.base.modules import InputModule
from transformers import AutoTokenizer

from press_themes.vectors.processor import count_cores, fix_arithmetic

WEIGHTS = "ctranslate2"


class Int8Transformer(InputModule):
    """A BERT or XLM-R encoder with 8-bit weights and one scale for each row of activations.

    Parameters
    ----------
    folder : Path
        Holds the tokenizer and, in the folder `WEIGHTS`, the converted model.
    max_seq_length : int
        The longest input in tokens, special tokens included.
    """

    config_file_name = "int8_config.json"
    config_keys = ["max_seq_length"]  # noqa: RUF012 (declared so by the base class)
    save_in_root = True
    tokenizer: Any

    def __init__(self, folder: Path, max_seq_length: int) -> None:
        super().__init__()
        self.folder = Path(folder)
        self.max_seq_length = max_seq_length
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._encoder = _open(self.folder / WEIGHTS)
        self._threads = ThreadPoolExecutor(count_cores())

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, torch.Tensor]:
        """Turn texts into token ids."""
        texts = [(prompt or "") + text for text in inputs]
        return dict(
            self.tokenizer(
                texts,
                padding=True,
                truncation=True,
                max_length=self.max_seq_length,
                return_tensors="pt",
                return_token_type_ids=False,
            )
        )

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Compute the vectors of tokens."""
        rows = [
            ids[: int(length)].tolist()
            for ids, length in zip(
                features["input_ids"], features["attention_mask"].sum(dim=1), strict=True
            )
        ]
        states = list(self._threads.map(self._states, rows))
        padded = np.zeros((*features["input_ids"].shape, states[0].shape[1]), np.float32)
        for place, state in zip(padded, states, strict=True):
            place[: len(state)] = state
        features["token_embeddings"] = torch.from_numpy(padded)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a token's vector."""
        return int(self._states([0]).shape[1])

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Write configuration, tokenizer and weights into a folder."""
        import shutil

        self.save_config(output_path)
        self.tokenizer.save_pretrained(output_path)
        target = Path(output_path) / WEIGHTS
        if not target.exists():
            shutil.copytree(self.folder / WEIGHTS, target)

    @classmethod
    def load(  # type: ignore[override]
        cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any
    ) -> Int8Transformer:
        """Load from a folder; the network is not asked."""
        folder = Path(model_name_or_path) / subfolder
        return cls(folder, **cls.load_config(str(folder), local_files_only=True))

    def _states(self, ids: list[int]) -> np.ndarray:
        output = self._encoder.forward_batch([ids])
        return np.array(output.last_hidden_state)[0]


def _open(weights: Path) -> Any:
    fix_arithmetic()
    import ctranslate2

    return ctranslate2.Encoder(
        str(weights),
        device="cpu",
        compute_type="int8",
        inter_threads=count_cores(),
        # More than one thread a text would divide its sums differently on another machine.
        intra_threads=1,
    )
